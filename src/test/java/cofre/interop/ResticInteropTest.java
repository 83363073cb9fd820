package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.backup.BackupReport;
import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.path.RawPath;
import cofre.posix.Posix;
import cofre.progress.Progress;
import cofre.repository.CheckRun;
import cofre.repository.Engine;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.RepositoryLock;
import cofre.repository.lock.LockRules;
import cofre.source.SnapshotSource;
import cofre.storage.local.LocalBackend;
import cofre.testkit.Await;
import cofre.testkit.Engines;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.PointContents;
import cofre.testkit.StoreBytes;
import cofre.walk.PosixTree;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("interop")
@Timeout(600)
class ResticInteropTest {
    @TempDir
    Path temp;

    private final Clock clock = Clock.systemUTC();
    private final MemorySource source = new MemorySource(clock);
    private final MemoryNode live = source.tree("tank/obras");
    private final Engines.HostMemory memory = new Engines.HostMemory();
    private Path store;
    private Path files;

    @BeforeEach
    void makeFolders() throws Exception {
        store = temp.resolve("repository");
        files = Files.createDirectory(temp.resolve("files"));
        Files.write(files.resolve("random"), StoreBytes.random(6 << 20, 21));
        Files.writeString(files.resolve("text"), "restic wrote this\n".repeat(10_000));
        Files.createDirectory(files.resolve("dir"));
        Files.writeString(files.resolve("dir/same"), "content 7");
    }

    private Restic restic(String version) {
        return new Restic("restic-" + version, store, temp);
    }

    private Repositories engine() throws Exception {
        Engine base = Engines.engine(clock);
        RepositoryLock.Holder me = base.holder();
        LockRules here = new LockRules(
                InetAddress.getLocalHost().getHostName(), me.rules().isAlive());
        RepositoryLock.Holder holder =
                new RepositoryLock.Holder(me.username(), me.pid(), 0, 0, here, clock, System::nanoTime, 200);
        return new Repositories(new Engine(
                base.tuning(),
                base.compression(),
                base.keyCost(),
                base.random(),
                base.tags(),
                base.nanoTime(),
                holder));
    }

    private Repository init() throws Exception {
        return engine().init(new LocalBackend(store, clock), Engines.password());
    }

    private Repository open() throws Exception {
        return engine().open(new LocalBackend(store, clock), Engines.password());
    }

    private BackupReport backUp(Repository repository) throws Exception {
        return new BackupRun(Engines.tools(repository, clock), repository, memory, Progress.NONE)
                .run(new BackupRun.Job(
                        "obras",
                        source,
                        new SnapshotSource.Request("obras", "tank/obras", RawPath.ofDisplay("/tank/obras")),
                        ExcludeRules.none(),
                        "run"));
    }

    private static void assertSound(Repository repository) throws Exception {
        assertThat(new CheckRun(repository, Progress.NONE).run(true).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.14", "0.18"})
    void resticReadsChecksAndRestoresWhatWeWrote(String version) throws Exception {
        AwkwardTree.fill(live);
        BackupReport report;
        try (Repository repository = init()) {
            report = backUp(repository);
        }
        Restic restic = restic(version);
        assertThat(restic.succeed("check", "--read-data")).contains("no errors were found");
        assertThat(restic.succeed("ls", "latest")).contains("/tank/obras/wide/file 2999");
        assertThat(restic.succeed("snapshots")).contains(report.snapshot().hex().substring(0, 8));
        Path target = temp.resolve("restored");
        restic.succeed("restore", "latest", "--target", target.toString(), "--verify");
        PosixTree tree = new PosixTree(Posix.load(System::nanoTime));
        AwkwardTree.assertSame(
                live.open(),
                tree.open(RawPath.ofDisplay(target.resolve("tank/obras").toString()), Optional.empty(), "restored"),
                "");
    }

    @Test
    void resticSeesNothingToRepairInWhatWeWrote() throws Exception {
        AwkwardTree.fill(live);
        try (Repository repository = init()) {
            backUp(repository);
        }
        Restic restic = restic("0.18");
        assertThat(restic.succeed("repair", "snapshots", "--dry-run")).contains("no snapshots would be modified");
        assertThat(restic.succeed("rewrite", "--dry-run", "--exclude", "no-such-name"))
                .doesNotContain("cannot encode")
                .contains("no snapshots would be modified");
        assertThat(restic.succeed("prune", "--dry-run")).contains("to delete:");
        restic.succeed("stats", "--mode", "raw-data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.14", "0.18"})
    void resticAndWeAddToOneRepositoryInTurn(String version) throws Exception {
        live.file("ours", "one");
        live.dir("dir").file("same", "content 7");
        try (Repository repository = init()) {
            backUp(repository);
            Restic restic = restic(version);
            restic.succeed("backup", files.toString());
            assertSound(repository);
            long before = dataBytes();
            live.file(cofre.path.RawName.ofText("random too"), StoreBytes.random(6 << 20, 21)); // what restic has saved
            BackupReport second = backUp(repository);
            assertThat(dataBytes() - before).isLessThan(100_000); // its chunks are ours
            assertThat(second.summary().filesNew()).isEqualTo(1);
            assertSound(repository);
            restic.succeed("check", "--read-data");
            restic.succeed("forget", "--keep-last", "1", "--group-by", "host", "--prune");
            assertSound(repository);
            backUp(repository);
            restic.succeed("check", "--read-data");
        }
    }

    private long dataBytes() throws Exception {
        long[] sum = new long[1];
        new LocalBackend(store, clock).list(cofre.storage.FileType.DATA, file -> sum[0] += file.size());
        return sum[0];
    }

    @ParameterizedTest
    @CsvSource({
        "0.14, 1, auto",
        "0.14, 2, off",
        "0.14, 2, auto",
        "0.18, 1, auto",
        "0.18, 2, off",
        "0.18, 2, auto",
        "0.18, 2, max",
    })
    void weCheckReadAndContinueWhatResticMade(String version, String format, String compression) throws Exception {
        Restic restic = restic(version);
        restic.succeed("init", "--repository-version", format);
        restic.succeed("backup", "--compression", compression, files.toString());
        Files.writeString(files.resolve("text"), "and this\n", java.nio.file.StandardOpenOption.APPEND);
        restic.succeed("backup", "--compression", compression, files.toString());
        AwkwardTree.fill(live);
        try (Repository repository = open()) {
            assertThat(repository.config().version()).isEqualTo(Integer.parseInt(format));
            CheckRun.Report report = new CheckRun(repository, Progress.NONE).run(true);
            assertThat(report.findings()).isEmpty();
            assertThat(report.points()).isEqualTo(2);
            BackupReport ours = backUp(repository);
            assertThat(PointContents.of(repository.reader(), repository.snapshot(ours.snapshot())))
                    .isEqualTo(PointContents.of(live, "/tank/obras"));
            assertSound(repository);
        }
        restic.succeed("check", "--read-data");
    }

    @Test
    void bothWorkAtTheSameTime() throws Exception {
        for (int i = 0; i < 8; i++) {
            Files.write(files.resolve("more" + i), StoreBytes.random(8 << 20, 100 + i));
            live.file(cofre.path.RawName.ofText("more" + i), StoreBytes.random(8 << 20, 104 + i)); // half of it shared
        }
        try (Repository repository = init()) {
            Path output = temp.resolve("concurrent.out");
            Process other = restic("0.18").start(output, "backup", files.toString());
            BackupReport first = backUp(repository);
            backUp(repository);
            assertThat(other.waitFor(240, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue()).as(Files.readString(output)).isZero();
            assertSound(repository);
            assertThat(PointContents.of(repository.reader(), repository.snapshot(first.snapshot())))
                    .isEqualTo(PointContents.of(live, "/tank/obras"));
        }
        restic("0.18").succeed("check", "--read-data");
        restic("0.14").succeed("check", "--read-data");
    }

    @Test
    void resticRespectsOurLocks() throws Exception {
        try (Repository repository = init()) {
            try (RepositoryLock lock = repository.lockShared()) {
                restic("0.18").succeed("backup", files.toString());
                assertThat(restic("0.18").run("prune").output()).contains("unable to create lock");
                lock.ensureValid();
            }
            try (RepositoryLock lock = repository.lockExclusive()) {
                assertThat(restic("0.18").run("backup", files.toString()).output())
                        .contains("repository is already locked exclusively");
                assertThat(restic("0.14").run("backup", files.toString()).status())
                        .isNotZero();
                lock.ensureValid();
            }
            restic("0.14").succeed("backup", files.toString());
        }
    }

    @Test
    void weRespectResticsLocksAndRemoveThoseOfItsDead() throws Exception {
        live.file("a", "1");
        try (Repository repository = init()) {
            Restic restic = restic("0.18");
            restic.succeed("backup", files.toString());
            Process check = restic.start(
                    temp.resolve("check.out"), "check", "--read-data", "--limit-download", "1"); // lasts for an hour
            LocalBackend backend = new LocalBackend(store, clock);
            try {
                Await.until("restic locks", Duration.ofSeconds(60), () -> locks(backend) > 0);
                assertThatThrownBy(() -> backUp(repository))
                        .isInstanceOf(RepositoryException.Locked.class)
                        .hasMessageContaining("exclusive lock of process " + check.pid());
                assertThat(memory.points()).isEmpty();
            } finally {
                check.destroyForcibly().waitFor();
            }
            assertThat(locks(backend)).isEqualTo(1);
            backUp(repository);
            assertThat(locks(backend)).isZero();
            restic.succeed("check");
        }
    }

    private static int locks(LocalBackend backend) throws Exception {
        int[] count = new int[1];
        backend.list(cofre.storage.FileType.LOCKS, file -> count[0]++);
        return count[0];
    }
}
