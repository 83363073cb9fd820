package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.BackupReport;
import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.format.SnapshotId;
import cofre.path.RawPath;
import cofre.posix.Posix;
import cofre.progress.Progress;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.restore.PointFinder;
import cofre.restore.RestoreReport;
import cofre.restore.RestoreRequest;
import cofre.restore.RestoreRun;
import cofre.source.SnapshotSource;
import cofre.storage.Backend;
import cofre.storage.local.LocalBackend;
import cofre.target.DirectoryTarget;
import cofre.testkit.Command;
import cofre.testkit.Engines;
import cofre.walk.DirectorySource;
import cofre.walk.PosixTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tree of all that backup programs get wrong goes from one program to the other and must come back the same. */
@Tag("interop")
class RestoreInteropTest {
    private static final Posix POSIX = Posix.load(System::nanoTime);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Path LAB = Path.of("src/lab").toAbsolutePath();

    @TempDir
    Path temp;

    private Path tree;
    private Path store;

    @BeforeEach
    void makeTree() throws Exception {
        tree = temp.resolve("share");
        store = temp.resolve("repo");
        Command.of("python3", LAB.resolve("awkward_tree.py").toString(), tree.toString())
                .run();
    }

    @Test
    void whatCofreKeepsCofreAndBothResticsBringBack() throws Exception {
        try (Repository repository = repositories().init(new LocalBackend(store, CLOCK), Engines.password())) {
            backup(repository);
            Path own = temp.resolve("own");
            RestoreReport report = restore(repository, own);
            assertThat(report.failed()).isEmpty();
            assertThat(report.lacks()).isEmpty();
            compare(tree, own);
            Command.of("python3", LAB.resolve("awkward_tree.py").toString(), "--change", tree.toString())
                    .run();
            backup(repository);
            RestoreReport second = restore(repository, own);
            assertThat(second.failed()).isEmpty();
        }
        for (String version : List.of("0.14", "0.18")) {
            Command.restic(version, store, "check", "--read-data").run();
            Path to = temp.resolve("by-" + version);
            Command.restic(version, store, "restore", "latest", "--target", to.toString())
                    .run();
            compareAfter(version, to.resolve(RawPath.of(bytes(tree)).toString().substring(1)), "--no-sparse");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.14, 1", // no compression at all
        "0.14, 2", "0.18, 1", "0.18, 2",
    })
    void whatResticKeepsCofreBringsBack(String version, int format) throws Exception {
        Command.restic(version, store, "init", "--repository-version", String.valueOf(format))
                .run();
        Command.restic(version, store, "backup", tree.toString()).run();
        Backend backend = new LocalBackend(store, CLOCK);
        try (Repository repository = repositories().open(backend, Engines.password())) {
            Path to = temp.resolve("to");
            RestoreReport report = restore(repository, to);
            assertThat(report.failed()).isEmpty();
            assertThat(report.lacks()).isEmpty();
            compareAfter(version, to);
        }
    }

    private static Repositories repositories() {
        return new Repositories(Engines.engine(CLOCK));
    }

    private void backup(Repository repository) throws Exception {
        DirectorySource source = new DirectorySource(new PosixTree(POSIX), CLOCK);
        SnapshotSource.Request request = new SnapshotSource.Request("share", tree.toString(), RawPath.of(bytes(tree)));
        BackupReport report = new BackupRun(
                        Engines.tools(repository, CLOCK), repository, new Engines.HostMemory(), Progress.NONE)
                .run(new BackupRun.Job("share", source, request, ExcludeRules.none(), "run"));
        assertThat(report.unreadable()).isEmpty();
    }

    private static RestoreReport restore(Repository repository, Path to) throws Exception {
        SnapshotId point = new PointFinder(repository.snapshots(Progress.NONE))
                .find(PointFinder.LATEST)
                .id();
        try (DirectoryTarget target = new DirectoryTarget(POSIX, RawPath.of(bytes(to)), System::nanoTime)) {
            return new RestoreRun(repository, Progress.NONE, 3)
                    .run(RestoreRequest.all(point).verified(), target);
        }
    }

    private static void compare(Path a, Path b) throws Exception {
        assertThat(comparison(a, b).run()).contains("no difference");
    }

    /** restic before 0.16 keeps a link's target as text: one that is no UTF-8 cannot come through it, all else must. */
    private void compareAfter(String version, Path back, String... options) throws Exception {
        Command.Result result = comparison(tree, back, options).runToAnyEnd();
        if (version.equals("0.14")) {
            assertThat(result.output()).startsWith("links/not utf-8: target: ").endsWith("\n1 differences\n");
        } else {
            assertThat(result.output()).contains("no difference");
        }
    }

    private static Command comparison(Path a, Path b, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("python3", LAB.resolve("compare_trees.py").toString()));
        arguments.addAll(List.of(options));
        arguments.add(a.toString());
        arguments.add(b.toString());
        return Command.of(arguments.toArray(String[]::new));
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }
}
