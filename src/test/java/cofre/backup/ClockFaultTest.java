package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.source.SnapshotSource;
import cofre.storage.CountingBackend.Operation;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.Engines;
import cofre.testkit.FaultyBackend;
import cofre.testkit.MemoryBackend;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.PointContents;
import cofre.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows T1 and T4: the wall clock is set, or the machine sleeps, at any moment of a run. */
@Timeout(60)
class ClockFaultTest {
    private static final String PLACE = "tank/obras";
    private static final RawPath ROOT = RawPath.ofDisplay("/tank/obras");

    /** Of a run here: its lock, packs, an index, the record. */
    private static final int STORED = 5;

    private final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    private final MemorySource source = new MemorySource(clock);
    private final Engines.HostMemory memory = new Engines.HostMemory();
    private final MemoryBackend backend = MemoryBackend.ready();
    private final FaultyBackend faulty = new FaultyBackend(backend);
    private MemoryNode live;
    private Repository repository;

    @BeforeEach
    void makeRepository() throws Exception {
        live = source.tree(PLACE);
        byte[] much = new byte[300_000];
        new Random(7).nextBytes(much);
        live.file(cofre.path.RawName.ofText("big"), much);
        live.dir("dir").file("c", "x");
        repository = new Repositories(Engines.engine(clock)).init(faulty, Engines.password());
    }

    @AfterEach
    void closeRepository() {
        repository.close();
    }

    private BackupReport run(int number) throws Exception {
        SnapshotSource.Request request = new SnapshotSource.Request("obras", PLACE, ROOT);
        return new BackupRun(Engines.tools(repository, clock), repository, memory, Progress.NONE)
                .run(new BackupRun.Job("obras", source, request, ExcludeRules.none(), "run-" + number));
    }

    /** Before the n-th file is stored from now on. */
    private void before(int put, Runnable action) {
        if (put > 1) {
            faulty.before(Operation.PUT, put - 1, () -> {});
        }
        faulty.before(Operation.PUT, 1, action);
    }

    private List<String> files(FileType type) {
        List<String> names = new ArrayList<>();
        backend.list(type, file -> names.add(file.name()));
        return names;
    }

    private long stored() {
        long[] sum = {0};
        backend.list(FileType.DATA, file -> sum[0] += file.size());
        return sum[0];
    }

    static Stream<Arguments> jumps() {
        return Stream.of(Duration.ofDays(365), Duration.ofDays(-365), Duration.ofDays(-365 * 56L))
                .flatMap(jump -> IntStream.of(2, 3, STORED).mapToObj(put -> Arguments.of(jump, put)));
    }

    @ParameterizedTest
    @MethodSource("jumps")
    void t1AClockThatIsSetInTheMiddleChangesNothingOfWhatIsKept(Duration jump, int put) throws Exception {
        before(put, () -> clock.advance(jump));
        BackupReport first = run(1);
        assertThat(faulty.isSpent()).isTrue();
        assertThat(first.isComplete()).isTrue();
        assertThat(PointContents.of(repository.reader(), repository.snapshot(first.snapshot())))
                .containsAllEntriesOf(PointContents.of(live, ROOT.toString()));
        assertThat(files(FileType.LOCKS)).isEmpty();
        long stored = stored();
        live.file("later", "y");
        BackupReport second = run(2);
        assertThat(PointContents.of(repository.reader(), repository.snapshot(second.snapshot())))
                .containsAllEntriesOf(PointContents.of(live, ROOT.toString()));
        assertThat(files(FileType.SNAPSHOTS)).hasSize(2);
        assertThat(stored() - stored).isLessThan(100_000); // the big file was not sent again
    }

    static IntStream moments() {
        return IntStream.rangeClosed(2, STORED); // the first is the lock itself
    }

    @ParameterizedTest
    @MethodSource("moments")
    void t4AfterThreeDaysAsleepARunGoesOnUnderItsLock(int put) throws Exception {
        before(put, () -> clock.advance(Duration.ofDays(3)));
        BackupReport report = run(1);
        assertThat(report.isComplete()).isTrue();
        assertThat(files(FileType.LOCKS)).isEmpty();
        assertThat(files(FileType.SNAPSHOTS)).hasSize(1);
    }

    /** Not the record itself: nothing can be looked at between the look at the lock and the storing. */
    static IntStream momentsBeforeTheRecord() {
        return IntStream.range(2, STORED);
    }

    @ParameterizedTest
    @MethodSource("momentsBeforeTheRecord")
    void t4ARunWhoseLockWasTakenWhileItSleptCommitsNothing(int put) throws Exception {
        before(put, () -> {
            // In this order: a thread that wakes up first could refresh the lock, and hold a good one.
            files(FileType.LOCKS).forEach(lock -> backend.delete(new FileHandle(FileType.LOCKS, lock)));
            clock.advance(Duration.ofDays(3));
        });
        assertThatThrownBy(() -> run(1))
                .isInstanceOf(RepositoryException.Locked.class)
                .hasMessageContaining("was removed by somebody");
        assertThat(files(FileType.SNAPSHOTS)).isEmpty();
        assertThat(run(2).isComplete()).isTrue(); // and can be started again
    }

    @Test
    void t1TheNumberOfFilesARunStoresIsWhatIsTried() throws Exception {
        int[] stored = {0};
        faulty.before(Operation.PUT, 1000, () -> stored[0]++);
        run(1);
        assertThat(stored[0]).isEqualTo(STORED);
    }
}
