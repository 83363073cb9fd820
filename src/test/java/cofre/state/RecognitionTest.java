package cofre.state;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.KeyId;
import cofre.format.RepositoryId;
import cofre.format.Sha256;
import cofre.format.SnapshotId;
import cofre.state.KnownRepository.OwnPoint;
import cofre.state.Recognition.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RecognitionTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant NOW = START.plus(Duration.ofDays(30));
    private static final long POLYNOMIAL = 0x3DA3358B4DC173L;
    private static final KeyId KEY = new KeyId(hash("key"));

    private final List<OwnPoint> points = new ArrayList<>();
    private final Map<SnapshotId, SnapshotId> replaced = new HashMap<>();
    private final Map<String, List<Instant>> times = new HashMap<>();

    private static Sha256 hash(String text) {
        return Sha256.hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RepositoryId id(String name) {
        return new RepositoryId(hash(name));
    }

    private void made(String share, Duration after) {
        points.add(new OwnPoint(new SnapshotId(hash(share + after)), share, START.plus(after), "host:/" + share));
    }

    private KnownRepository known() {
        return new KnownRepository(id("r"), POLYNOMIAL, Set.of(KEY), points, 3, START, "");
    }

    private Sight seen(Predicate<OwnPoint> left) {
        Set<SnapshotId> ids = points.stream().filter(left).map(OwnPoint::id).collect(Collectors.toSet());
        ids.addAll(replaced.values());
        return new Sight(id("r"), POLYNOMIAL, Set.of(KEY), ids, replaced, times, 2, NOW);
    }

    private Verdict judge(Predicate<OwnPoint> left) {
        return Recognition.judge(known(), seen(left));
    }

    private static Predicate<OwnPoint> from(Duration age) {
        return point -> !point.time().isBefore(START.plus(age));
    }

    @Test
    void whatIsAsItWasIsRecognised() {
        made("s", Duration.ofDays(1));
        Verdict verdict = judge(all -> true);
        assertThat(verdict.alarms()).isEmpty();
        assertThat(verdict.notes()).isEmpty();
        assertThat(verdict.next().seen()).isEqualTo(NOW);
        assertThat(verdict.next().points()).isEqualTo(points);
    }

    @Test
    void s7TheNewestPointOfAnyShareMissingIsAnAlarm() {
        made("s", Duration.ofDays(1));
        made("s", Duration.ofDays(2));
        made("other", Duration.ofDays(3));
        OwnPoint newest = points.get(1);
        Verdict verdict = judge(point -> !point.equals(newest));
        assertThat(verdict.alarms()).singleElement().asString().contains("1 of 3", "the newest of share s");
        assertThat(verdict.next().alarm()).isNotEmpty();
        assertThat(verdict.next().points()).as("is asked for again").containsAll(points);
        assertThat(Recognition.judge(verdict.next(), seen(all -> true)).next().alarm())
                .as("put right")
                .isEmpty();
    }

    @Test
    void s7MoreThanHalfOfTheDaysGoneIsAnAlarm() {
        for (int day = 0; day < 9; day++) {
            made("s", Duration.ofDays(day));
        }
        assertThat(judge(from(Duration.ofDays(5))).alarms())
                .singleElement()
                .asString()
                .contains("5 of 9 days");
        assertThat(judge(from(Duration.ofDays(4))).alarms()).isEmpty();
    }

    @Test
    void s7AForgetElsewhereThatThinsOutDaysIsANote() {
        for (int quarter = 0; quarter < 3 * 96; quarter++) {
            made("s", Duration.ofMinutes(15L * quarter));
        }
        Verdict verdict = judge(point ->
                point.time().toString().endsWith("T23:45:00Z")); // one a day of 96: most of all points are gone
        assertThat(verdict.alarms()).isEmpty();
        assertThat(verdict.notes()).singleElement().asString().contains("285 of 288", "as after a forget");
        assertThat(verdict.next().points()).hasSize(3);
    }

    @Test
    void s7TheLastOneOnlyOfTwoDaysIsWhatAForgetMayLeave() {
        made("s", Duration.ofDays(0));
        made("s", Duration.ofDays(1));
        assertThat(judge(from(Duration.ofDays(1))).alarms()).isEmpty();
    }

    @Test
    void s7ANewerPointThatAnotherProgramMadeOfTheSamePlaceShowsThatItIsNoOlderState() {
        made("s", Duration.ofDays(1));
        made("s", Duration.ofDays(2));
        times.put("host:/s", List.of(START.plus(Duration.ofDays(2))));
        Verdict verdict = judge(none -> false);
        assertThat(verdict.alarms()).as("one of two days is left").isEmpty();
        assertThat(verdict.notes()).singleElement().asString().contains("2 of 2");
        times.put("host:/s", List.of(START.plus(Duration.ofDays(1))));
        assertThat(judge(none -> false).alarms()).as("an older one").hasSize(1);
        times.put("host:/s", List.of(NOW.plusSeconds(1)));
        assertThat(judge(none -> false).alarms()).as("one of tomorrow").hasSize(1);
        times.put("host:/other", List.of(START.plus(Duration.ofDays(2))));
        times.remove("host:/s");
        assertThat(judge(none -> false).alarms()).as("one of another place").hasSize(1);
    }

    @Test
    void aPointThatWasTaggedElsewhereIsKnownByItsNewName() {
        made("s", Duration.ofDays(1));
        SnapshotId now = new SnapshotId(hash("tagged"));
        replaced.put(points.get(0).id(), now);
        Verdict verdict = judge(none -> false);
        assertThat(verdict.alarms()).isEmpty();
        assertThat(verdict.next().points()).extracting(OwnPoint::id).containsExactly(now);
    }

    @Test
    void s8AnotherRepositoryAndNoOtherComparisonIsAnAlarm() {
        made("s", Duration.ofDays(1));
        Sight other = new Sight(id("x"), 5, Set.of(), Set.of(), Map.of(), Map.of(), 0, START);
        assertThat(Recognition.judge(known(), other).alarms())
                .singleElement()
                .asString()
                .startsWith("it is another repository: id " + id("x") + " vs " + id("r"));
    }

    @Test
    void s8AnotherPolynomialIsAnAlarm() {
        Sight other = new Sight(id("r"), 5, Set.of(KEY), Set.of(), Map.of(), Map.of(), 0, START);
        assertThat(Recognition.judge(known(), other).alarms())
                .singleElement()
                .asString()
                .contains("polynomial 5 vs 3da3358b4dc173");
    }

    @Test
    void allIndexesGoneWhileThereArePointsIsAnAlarm() {
        made("s", Duration.ofDays(1));
        Sight bare =
                new Sight(id("r"), POLYNOMIAL, Set.of(KEY), Set.of(points.get(0).id()), Map.of(), Map.of(), 0, START);
        assertThat(Recognition.judge(known(), bare).alarms())
                .singleElement()
                .asString()
                .contains("none vs 3");
    }

    @Test
    void keysThatComeAndGoAreToldOnly() {
        Sight more = new Sight(
                id("r"), POLYNOMIAL, Set.of(KEY, new KeyId(hash("new"))), Set.of(), Map.of(), Map.of(), 3, START);
        Verdict verdict = Recognition.judge(known(), more);
        assertThat(verdict.alarms()).isEmpty();
        assertThat(verdict.notes()).singleElement().asString().contains("was not there before");
        assertThat(verdict.next().keys()).hasSize(2);
        Sight changed =
                new Sight(id("r"), POLYNOMIAL, Set.of(new KeyId(hash("new"))), Set.of(), Map.of(), Map.of(), 3, START);
        assertThat(Recognition.judge(known(), changed).notes()).anyMatch(note -> note.startsWith("all keys"));
    }
}
