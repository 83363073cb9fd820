package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.config.CofreConfig;
import cofre.config.ConfigReader;
import cofre.config.RepositorySettings;
import cofre.config.ShareSettings;
import cofre.format.BlobId;
import cofre.format.PointTags;
import cofre.format.RightsModel;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.progress.Progress;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.RepositoryLock;
import cofre.repository.StoredSnapshot;
import cofre.retention.Guard;
import cofre.storage.Backend;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.CrashPoint;
import cofre.testkit.CrashPoint.Moment;
import cofre.testkit.CrashingBackend;
import cofre.testkit.Engines;
import cofre.testkit.MemoryBackend;
import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedCrash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which records go, and K2: a forget that dies leaves each of them there or gone. */
@Timeout(60)
class ForgetRunTest {
    private static final long DEAD = 4_000_001;
    private static final long OTHER = 4_000_002;

    private final SettableClock clock = new SettableClock("2026-11-21T10:00:00Z");

    @TempDir
    private Path dir;

    private MemoryBackend store;
    private RepositorySettings settings;
    private ShareSettings share;
    private final List<SnapshotId> points = new ArrayList<>();

    @BeforeEach
    void makeARepository() throws Exception {
        configure("keep = { last = 2 }");
        store = new MemoryBackend();
        try (Repository repository = new Repositories(Engines.engine(clock)).init(store, Engines.password())) {
            for (int day = 0; day < 5; day++) {
                points.add(save(repository, "host", "7", day));
            }
        }
    }

    private void configure(String keep) throws Exception {
        CofreConfig config = ConfigReader.parse("[repository.r]\nurl = \"/r\"\npassword_file = \"/p\"\n"
                + "[share.s]\nrepository = \"r\"\ndataset = \"tank/s\"\n" + keep + "\n");
        settings = config.repositories().get("r");
        share = config.shares().get("s");
    }

    private SnapshotId save(Repository repository, String host, String guid, int day, String... more) throws Exception {
        List<String> tags = new ArrayList<>(PointTags.of("s", Optional.of(guid), "cofre-" + day, RightsModel.NONE));
        tags.addAll(List.of(more));
        return repository.saveSnapshot(new Snapshot(
                ZonedDateTime.parse("2026-11-10T10:00:00Z").plusDays(day),
                Optional.empty(),
                BlobId.parse("ab".repeat(32)),
                List.of("/tank/s"),
                host,
                "root",
                0,
                0,
                List.of(),
                tags,
                Optional.empty(),
                "cofre test",
                Optional.empty()));
    }

    private Repository open(Backend backend, long pid) throws Exception {
        return new Repositories(Engines.engine(clock, pid, alive -> alive != DEAD)).open(backend, Engines.password());
    }

    private Memories memories() {
        return new Memories(dir, clock, System::nanoTime);
    }

    private PointTrash trash(Repository repository) {
        return memories().trash(repository.config().id(), Duration.ofDays(7));
    }

    private ForgetRun run(Repository repository) {
        return new ForgetRun(
                settings,
                repository,
                new ForgetRun.Bin(trash(repository), new RepositoryWatch(memories())),
                Guard.ONLY_ALL,
                Progress.NONE,
                clock.instant());
    }

    private Map<ShareSettings, ForgetPlans.Owner> owners() {
        return Map.of(share, new ForgetPlans.Owner("host", Optional.of("7")));
    }

    private ForgetRun forget(Backend backend, long pid) throws Exception {
        try (Repository repository = open(backend, pid)) {
            ForgetRun run = run(repository);
            run.remove(owners());
            return run;
        }
    }

    private Set<SnapshotId> left() throws Exception {
        try (Repository repository = open(store, OTHER)) {
            return left(repository);
        }
    }

    private static Set<SnapshotId> left(Repository repository) throws Exception {
        return repository.snapshots(Progress.NONE).stream()
                .map(StoredSnapshot::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> namesBesides(String... folders) {
        return store.names().stream()
                .filter(name -> List.of(folders).stream().noneMatch(name.toLowerCase(Locale.ROOT)::contains))
                .toList();
    }

    @Test
    void removesWhatThePolicyDoesNotKeepAndNothingElse() throws Exception {
        List<String> others = namesBesides("snapshot", "lock");
        ForgetRun run = forget(store, OTHER);
        assertThat(left()).containsExactlyInAnyOrder(points.get(3), points.get(4));
        assertThat(namesBesides("snapshot", "lock")).isEqualTo(others);
        assertThat(namesBesides("snapshot")).as("no lock is left").isEqualTo(others);
        assertThat(run.removed()).isEqualTo(3);
        assertThat(run.rows()).extracting(row -> row.get("keep")).containsExactly(true, true, false, false, false);
        assertThat(run.rows())
                .allSatisfy(row -> assertThat((List<?>) row.get("reasons")).isNotEmpty());
    }

    @Test
    void leavesOtherHostsPinsAndTheFutureAlone() throws Exception {
        SnapshotId foreign;
        SnapshotId pinned;
        SnapshotId future;
        SnapshotId formerDataset;
        try (Repository repository = open(store, OTHER)) {
            foreign = save(repository, "another", "9", 0);
            pinned = save(repository, "host", "7", 1, "pin");
            future = save(repository, "host", "7", 400);
            formerDataset = save(repository, "host", "6", 0);
        }
        forget(store, OTHER);
        assertThat(left())
                .containsExactlyInAnyOrder(points.get(3), points.get(4), foreign, pinned, future, formerDataset);
    }

    @Test
    void refusesToRemoveAll() throws Exception {
        configure("keep = { tags = [\"nobody-has-it\"] }");
        ForgetRun run = forget(store, OTHER);
        assertThat(run.refusals()).singleElement().asString().contains("all 5 would go");
        assertThat(run.kept()).isEqualTo(5);
        assertThat(left()).hasSize(5);
    }

    @Test
    void waitsForNobodyAndRemovesNothingWhileSomebodyWorks() throws Exception {
        try (Repository other = open(store, OTHER);
                RepositoryLock lock = other.lockShared()) {
            lock.ensureValid();
            assertThatThrownBy(() -> forget(store, ProcessHandle.current().pid()))
                    .isInstanceOf(RepositoryException.Locked.class);
            assertThat(left()).hasSize(5);
        }
    }

    /** K2. */
    @ParameterizedTest
    @EnumSource
    void mayDieAtEachOperation(Moment moment) throws Exception {
        int deaths = 0;
        Map<FileHandle, byte[]> records = records();
        List<String> others = namesBesides("snapshot", "lock");
        try (Repository next = open(store, OTHER)) {
            for (int at = 1; ; at++) {
                records.forEach(store::plant);
                CrashPoint point = new CrashPoint(at, moment);
                boolean died = dies(point);
                assertThat(namesBesides("snapshot", "lock")).as("%s", point).isEqualTo(others);
                Set<SnapshotId> left = left(next);
                assertThat(left)
                        .as("%s", point)
                        .contains(points.get(3), points.get(4))
                        .isSubsetOf(points);
                assertRestorable(next, left, records);
                run(next).remove(owners());
                assertThat(left(next)).containsExactlyInAnyOrder(points.get(3), points.get(4));
                assertThat(namesBesides("snapshot")).as("no lock is left").isEqualTo(others);
                if (!died) {
                    break;
                }
                deaths++;
            }
        }
        assertThat(deaths).isGreaterThan(6);
    }

    /** Whatever has left the repository is in the trash, byte by byte. */
    private void assertRestorable(Repository repository, Set<SnapshotId> left, Map<FileHandle, byte[]> records)
            throws Exception {
        Map<SnapshotId, byte[]> kept = new HashMap<>();
        trash(repository).list().forEach(one -> kept.put(one.id(), one.stored()));
        for (SnapshotId point : points) {
            if (!left.contains(point)) {
                assertThat(kept.get(point))
                        .as("%s in the trash", point)
                        .isEqualTo(records.get(new FileHandle(FileType.SNAPSHOTS, point.hex())));
            }
        }
        for (SnapshotId id : kept.keySet()) {
            trash(repository).remove(id);
        }
    }

    private boolean dies(CrashPoint point) throws Exception {
        try {
            forget(new CrashingBackend(store, point), DEAD);
            return point.isDead();
        } catch (SimulatedCrash e) {
            return true;
        }
    }

    private Map<FileHandle, byte[]> records() throws Exception {
        Map<FileHandle, byte[]> records = new HashMap<>();
        for (SnapshotId id : points) {
            FileHandle file = new FileHandle(FileType.SNAPSHOTS, id.hex());
            records.put(file, store.get(file, 1 << 20));
        }
        return records;
    }
}
