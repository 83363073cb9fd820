package cofre.retention;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobId;
import cofre.format.Snapshot;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.storage.local.LocalBackend;
import cofre.testkit.Engines;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real {@code restic forget --dry-run --json} keeps the same points for the same reasons: every policy on every list. A list
 * is a host of one repository, so that one call judges all lists.
 */
@Tag("interop")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionInteropTest {
    private static final int LISTS = 300;
    private static final int LISTS_WITH_FUTURE = 80;
    private static final int POLICIES = 40;
    private static final int MOST = 22;
    private static final BlobId NO_TREE = BlobId.parse("0".repeat(64));

    @TempDir
    static Path temp;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final TreeMap<String, List<Candidate<Integer>>> lists = new TreeMap<>();
    private Path store;

    @BeforeAll
    void writeLists() throws Exception {
        store = temp.resolve("repository");
        for (int seed = 0; seed < LISTS; seed++) {
            lists.put("past-" + seed, new RandomCases(seed).past(now, MOST));
        }
        for (int seed = 0; seed < LISTS_WITH_FUTURE; seed++) {
            lists.put("future-" + seed, new RandomCases(seed).partlyFuture(now, MOST));
        }
        write(store, lists);
    }

    private static void write(Path store, Map<String, List<Candidate<Integer>>> lists) throws Exception {
        Clock clock = Clock.systemUTC();
        try (Repository repository =
                new Repositories(Engines.engine(clock)).init(new LocalBackend(store, clock), Engines.password())) {
            for (var list : lists.entrySet()) {
                for (Candidate<Integer> candidate : list.getValue()) {
                    repository.saveSnapshot(snapshot(list.getKey(), candidate));
                }
            }
        }
    }

    private static Snapshot snapshot(String host, Candidate<Integer> candidate) {
        return new Snapshot(
                candidate.time().toZonedDateTime(),
                Optional.empty(),
                NO_TREE,
                List.of("/share"),
                host,
                "",
                0,
                0,
                List.of(),
                candidate.tags(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    @Test
    void resticKeepsTheSameForTheSameReasons() throws Exception {
        ResticForget restic = new ResticForget(store, "UTC");
        List<String> faults = new ArrayList<>();
        int kept = 0;
        int dropped = 0;
        int refused = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            RetentionPolicy policy = new RandomCases(1_000_000L + seed).policy();
            TreeMap<String, Verdict> ours = new TreeMap<>();
            lists.forEach((host, list) -> ours.put(host, Verdict.of(new Selection(policy).judge(list, now))));
            List<String> emptied = emptied(ours);
            if (!emptied.isEmpty()) {
                // It tells of the first such list it meets, and of nothing else.
                assertThat(restic.refusesToRemoveAll(policy, emptied.get(0))).isTrue();
                refused++;
            }
            ours.keySet().removeAll(emptied);
            Map<String, Verdict> theirs = restic.judge(policy, emptied.isEmpty() ? Set.of() : ours.keySet());
            assertThat(theirs.keySet()).isEqualTo(ours.keySet());
            for (var verdict : ours.entrySet()) {
                kept += verdict.getValue().kept().size();
                dropped += verdict.getValue().dropped().size();
                compare(verdict.getKey(), policy, verdict.getValue(), theirs.get(verdict.getKey()), faults);
            }
        }
        assertThat(faults).isEmpty();
        assertThat(kept).as("a test that keeps nothing tests nothing").isGreaterThan(POLICIES * LISTS);
        assertThat(dropped).as("nor one that drops nothing").isGreaterThan(POLICIES * LISTS);
        assertThat(refused).as("nor one where restic never refuses").isPositive();
    }

    private static List<String> emptied(Map<String, Verdict> verdicts) {
        return verdicts.entrySet().stream()
                .filter(verdict -> verdict.getValue().kept().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** And where nothing is of the future, the plan is the same choice. */
    private void compare(String host, RetentionPolicy policy, Verdict ours, Verdict restic, List<String> faults) {
        if (!ours.equals(restic)) {
            faults.add(host + " by " + policy + " at " + now + "\nours   " + ours + "\nrestic " + restic);
        }
        if (host.startsWith("past-")) {
            RetentionPlan<Integer> plan = new Retention(policy, Guard.ONLY_ALL).plan(lists.get(host), now);
            assertThat(Verdict.of(plan.decisions())).isEqualTo(ours);
            assertThat(plan.refusals()).isEmpty();
        }
    }

    /**
     * Where restic depends on the machine it runs on, and we do not: a time whose offset is the machine's own counts days on
     * that zone's clock, here over the night when clocks are set ahead, so that a day has 23 hours. In UTC both agree.
     */
    @Test
    void resticInAZoneWithSummerTimeCountsDaysOnTheWallWeOnTheOffset() throws Exception {
        Path other = temp.resolve("summer");
        List<Candidate<Integer>> list = Points.at("2025-03-09T12:00:00-04:00", "2025-03-08T11:30:00-05:00");
        write(other, Map.of("host", list));
        RetentionPolicy day = RetentionPolicy.of(new Rule.Within(CalendarSpan.parse("1d")));
        Verdict ours = Verdict.of(new Selection(day).judge(list, now));
        assertThat(ours.kept()).hasSize(2);
        assertThat(new ResticForget(other, "UTC").judge(day, Set.of()).get("host"))
                .isEqualTo(ours);
        assertThat(new ResticForget(other, "America/New_York")
                        .judge(day, Set.of())
                        .get("host")
                        .kept())
                .hasSize(1);
    }
}
