package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.CheckRun;
import cofre.repository.PruneMemory;
import cofre.repository.PruneOptions;
import cofre.repository.PruneReport;
import cofre.repository.PruneRun;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.source.SnapshotSource;
import cofre.storage.CountingBackend.Operation;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.Await;
import cofre.testkit.Engines;
import cofre.testkit.FaultyBackend;
import cofre.testkit.MemoryBackend;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.SettableClock;
import cofre.testkit.StoreBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A prune that is cancelled, or whose time is over, while it copies. */
@Timeout(60)
class StoppablePruneTest {
    private static final int PACKS = 4;

    private final MemoryBackend store = MemoryBackend.ready();
    private final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    private final AtomicLong nanos = new AtomicLong();
    private final Phases phases = new Phases();
    private FaultyBackend faulty;
    private Repository repository;
    private StoppablePrune prune;

    /** Several packs of which half is needed. */
    @BeforeEach
    void makeWaste() throws Exception {
        MemorySource source = new MemorySource(clock);
        MemoryNode live = source.tree("tank/s");
        Repository made = new Repositories(Engines.engine(clock)).init(store, Engines.password());
        Engines.HostMemory memory = new Engines.HostMemory();
        for (int i = 0; i < PACKS; i++) {
            live.file(RawName.ofText("stays" + i), StoreBytes.random(40_000, 100 + i));
            live.file(RawName.ofText("goes"), StoreBytes.random(40_000, 200 + i));
            clock.advance(Duration.ofMinutes(1));
            new BackupRun(Engines.tools(made, clock), made, memory, Progress.NONE)
                    .run(new BackupRun.Job(
                            "s",
                            source,
                            new SnapshotSource.Request("s", "tank/s", RawPath.ofDisplay("/tank/s")),
                            ExcludeRules.none(),
                            "run" + i));
        }
        for (int i = 0; i < PACKS - 1; i++) {
            store.delete(
                    new FileHandle(FileType.SNAPSHOTS, memory.points().get(i).hex()));
        }
        faulty = new FaultyBackend(store);
        repository = new Repositories(Engines.engine(clock)).open(faulty, Engines.password());
    }

    /** Notes what a prune is at. */
    private static final class Phases implements Progress {
        private volatile String phase = "";

        @Override
        public void phase(String name) {
            phase = name;
        }

        @Override
        public void total(long files, long bytes) {}

        @Override
        public void add(long files, long bytes) {}

        @Override
        public void message(Level level, String text) {}
    }

    /** Waits are not remembered. */
    private static final class NoMemory implements PruneMemory {
        @Override
        public Optional<byte[]> recall() {
            return Optional.empty();
        }

        @Override
        public void remember(byte[] list) {}
    }

    private StoppablePrune prune(Optional<Duration> window) {
        PruneOptions options = PruneOptions.of(repository).leavingPercent(0).withGrace(Duration.ofDays(1));
        return new StoppablePrune(new PruneRun(repository, options, new NoMemory(), phases), nanos::get, window);
    }

    /** Does it at the {@code at}th read of the phase. */
    private void during(String phase, int at, Runnable action) {
        int[] reads = new int[1];
        faulty.before(Operation.READ, 10_000, () -> {
            if (phases.phase.equals(phase) && ++reads[0] == at) {
                action.run();
            }
        });
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        try {
            Await.until(what, Duration.ofSeconds(10), condition);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void assertSound() throws Exception {
        Repository fresh = new Repositories(Engines.engine(clock)).open(store, Engines.password());
        assertThat(new CheckRun(fresh, Progress.NONE).run(true).damages()).isZero();
        List<String> locks = new ArrayList<>();
        store.list(FileType.LOCKS, file -> locks.add(file.name()));
        assertThat(locks).isEmpty();
    }

    @Test
    void cancelledItPutsToUseWhatItCopied() throws Exception {
        Thread job = Thread.currentThread();
        prune = prune(Optional.empty());
        during("copying", 1, () -> {
            job.interrupt();
            await("it is to stop", () -> prune.why() == StoppablePrune.Why.CANCELLED);
        });
        PruneReport report = prune.run();
        assertThat(report.unfinished()).contains("it was stopped after");
        assertThat(report.droppedPacks()).isEqualTo(1);
        assertThat(prune.why()).isEqualTo(StoppablePrune.Why.CANCELLED);
        assertThat(Thread.interrupted()).isFalse();
        assertSound();
    }

    @Test
    void cancelledBeforeItCopiedItEndsAtOnce() throws Exception {
        Thread job = Thread.currentThread();
        prune = prune(Optional.empty());
        during("reading directories", 1, () -> {
            job.interrupt();
            await("it is cut", () -> Thread.currentThread().isInterrupted());
        });
        List<String> before = store.names();
        assertThatThrownBy(prune::run).isInstanceOf(InterruptedException.class);
        assertThat(store.names()).isEqualTo(before);
        assertSound();
    }

    @Test
    void cancelledTwiceItEndsAtOnce() throws Exception {
        Thread job = Thread.currentThread();
        prune = prune(Optional.empty());
        during("copying", 1, () -> {
            job.interrupt();
            await("it is to stop", () -> prune.why() == StoppablePrune.Why.CANCELLED);
            job.interrupt();
            await("it is cut", () -> Thread.currentThread().isInterrupted());
        });
        assertThatThrownBy(prune::run).isInstanceOf(InterruptedException.class);
        assertSound();
    }

    @Test
    void whenItsTimeIsOverTheNextGoesOn() throws Exception {
        prune = prune(Optional.of(Duration.ofHours(4)));
        during("copying", 1, () -> nanos.addAndGet(Duration.ofHours(4).toNanos()));
        PruneReport report = prune.run();
        assertThat(prune.why()).isEqualTo(StoppablePrune.Why.TIME_OVER);
        assertThat(report.unfinished()).contains("it was stopped after");
        assertThat(report.droppedPacks()).isEqualTo(1);
        assertSound();
        PruneReport next = prune(Optional.of(Duration.ofHours(4))).run();
        assertThat(next.unfinished()).isEmpty();
        assertThat(next.droppedPacks()).isGreaterThanOrEqualTo(PACKS - 1);
        assertSound();
    }
}
