package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.CheckRun;
import cofre.repository.Engine;
import cofre.repository.PruneMemory;
import cofre.repository.PruneOptions;
import cofre.repository.PruneReport;
import cofre.repository.PruneRun;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.prune.PruneRules;
import cofre.source.SnapshotSource;
import cofre.storage.FileType;
import cofre.storage.local.LocalBackend;
import cofre.testkit.Engines;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.SettableClock;
import cofre.testkit.StoreBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** We prune what restic made and restic prunes what we made, in turn; restic reads every byte after each. */
@Tag("interop")
@Timeout(600)
class PruneInteropTest {
    private static final Duration GRACE = Duration.ofDays(3);

    @TempDir
    Path temp;

    private final SettableClock clock = new SettableClock(Instant.now().toString());
    private final MemorySource source = new MemorySource(clock);
    private final MemoryNode live = source.tree("tank/obras");
    private final Engines.HostMemory memory = new Engines.HostMemory();
    private final Waiting waiting = new Waiting();
    private Path store;
    private Path files;

    private static final class Waiting implements PruneMemory {
        private byte[] list;

        @Override
        public Optional<byte[]> recall() {
            return Optional.ofNullable(list);
        }

        @Override
        public void remember(byte[] kept) {
            list = kept.clone();
        }
    }

    @BeforeEach
    void makeFolders() throws Exception {
        store = temp.resolve("repository");
        files = Files.createDirectory(temp.resolve("files"));
        Files.write(files.resolve("stays"), StoreBytes.random(3 << 20, 21));
        Files.write(files.resolve("goes"), StoreBytes.random(5 << 20, 22));
        live.file(RawName.ofText("stays"), StoreBytes.random(2 << 20, 31));
        live.file(RawName.ofText("goes"), StoreBytes.random(4 << 20, 32));
    }

    private Restic restic(String version) {
        return new Restic("restic-" + version, store, temp);
    }

    private Repositories repositories() {
        Engine engine = Engines.engine(clock);
        return new Repositories(engine);
    }

    private Repository open() throws Exception {
        return repositories().open(new LocalBackend(store, clock), Engines.password());
    }

    private void backUp(Repository repository) throws Exception {
        clock.advance(Duration.ofMinutes(1));
        new BackupRun(Engines.tools(repository, clock), repository, memory, Progress.NONE)
                .run(new BackupRun.Job(
                        "obras",
                        source,
                        new SnapshotSource.Request("obras", "tank/obras", RawPath.ofDisplay("/tank/obras")),
                        ExcludeRules.none(),
                        "run"));
    }

    private PruneReport prune(Repository repository) throws Exception {
        PruneOptions options = new PruneOptions(PruneRules.standard(4 << 20), GRACE, Duration.ZERO);
        PruneReport report = new PruneRun(repository, options, waiting, Progress.NONE).run(() -> false);
        assertThat(report.unfinished()).isEmpty();
        assertThat(report.refused()).isEmpty();
        return report;
    }

    private void assertRestic(Restic restic) throws Exception {
        assertThat(restic.succeed("check", "--read-data")).contains("no errors were found");
        restic.succeed(
                "restore",
                "latest",
                "--verify",
                "--target",
                Files.createTempDirectory(temp, "restored").toString());
    }

    private long packBytes() throws Exception {
        long[] sum = new long[1];
        new LocalBackend(store, clock).list(FileType.DATA, file -> sum[0] += file.size());
        return sum[0];
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.14", "0.18"})
    void resticChecksRestoresAndPrunesWhatWePruned(String version) throws Exception {
        Restic restic = restic(version);
        try (Repository repository = repositories().init(new LocalBackend(store, clock), Engines.password())) {
            backUp(repository);
            live.remove("goes");
            live.file(RawName.ofText("new"), StoreBytes.random(100_000, 33));
            backUp(repository);
            restic.succeed("forget", memory.points().get(0).hex().substring(0, 8));
            assertThat(prune(repository).droppedPacks()).isPositive();
            assertRestic(restic);
            for (int day = 0; day < 4; day++) {
                clock.advance(Duration.ofDays(1));
                prune(repository);
            }
            assertRestic(restic);
            assertThat(packBytes()).isLessThan((long) (((2 << 20) + 110_000) * 1.05));
            assertThat(new CheckRun(repository, Progress.NONE).run(true).findings())
                    .isEmpty();
            live.file(RawName.ofText("stays"), StoreBytes.random(1 << 20, 34));
            backUp(repository);
            restic.succeed("forget", memory.points().get(1).hex().substring(0, 8), "--prune");
            assertRestic(restic);
            assertThat(new CheckRun(repository, Progress.NONE).run(true).findings())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"0.14, 1", "0.14, 2", "0.18, 1", "0.18, 2"})
    void wePruneWhatResticMade(String version, String format) throws Exception {
        Restic restic = restic(version);
        restic.succeed("init", "--repository-version", format);
        restic.succeed("backup", files.toString());
        Files.delete(files.resolve("goes"));
        Files.write(files.resolve("new"), StoreBytes.random(100_000, 23));
        restic.succeed("backup", files.toString());
        restic.succeed("forget", "--keep-last", "1", "--group-by", "");
        try (Repository repository = open()) {
            assertThat(prune(repository).droppedPacks()).isPositive();
            assertRestic(restic);
            backUp(repository);
            for (int day = 0; day < 4; day++) {
                clock.advance(Duration.ofDays(1));
                prune(repository);
            }
            assertRestic(restic);
            assertThat(new CheckRun(repository, Progress.NONE).run(true).findings())
                    .isEmpty();
        }
    }

    @Test
    void resticDeletesWhatWaitsAndWeDoNotMindThat() throws Exception {
        Restic restic = restic("0.18");
        try (Repository repository = repositories().init(new LocalBackend(store, clock), Engines.password())) {
            backUp(repository);
            live.remove("goes");
            backUp(repository);
            restic.succeed("forget", memory.points().get(0).hex().substring(0, 8));
            assertThat(prune(repository).waiting().packs()).isPositive();
            long before = packBytes();
            restic.succeed("prune");
            assertThat(packBytes()).isLessThan(before - (4 << 20));
            clock.advance(Duration.ofDays(4));
            PruneReport report = prune(repository);
            assertThat(report.waiting().packs()).isZero();
            assertThat(report.plan().isEmpty()).isTrue();
            assertRestic(restic);
        }
    }

    /** restic reports what it cannot lock with a status of its own; while we look and copy it can always begin. */
    @Test
    void resticBacksUpWhileWeLook() throws Exception {
        Restic restic = restic("0.18");
        try (Repository repository = repositories().init(new LocalBackend(store, clock), Engines.password())) {
            backUp(repository);
            live.remove("goes");
            backUp(repository);
            restic.succeed("forget", memory.points().get(0).hex().substring(0, 8));
            boolean[] begun = new boolean[1];
            PruneOptions options = new PruneOptions(PruneRules.standard(4 << 20), GRACE, Duration.ofMinutes(1));
            PruneReport report = new PruneRun(repository, options, waiting, Progress.NONE).run(() -> {
                if (!begun[0]) { // asked before the first pack is copied
                    begun[0] = true;
                    backUpWith(restic);
                }
                return false;
            });
            assertThat(begun[0]).isTrue();
            assertThat(report.droppedPacks()).isPositive();
            assertRestic(restic);
            assertThat(restic.succeed("snapshots")).contains(files.toString());
        }
    }

    private void backUpWith(Restic restic) {
        try {
            restic.succeed("backup", files.toString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
