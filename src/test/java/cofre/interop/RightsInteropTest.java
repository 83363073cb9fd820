package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.format.GenericAttributes;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.format.RightsModel;
import cofre.format.SnapshotId;
import cofre.format.Tree;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.source.SnapshotSource;
import cofre.storage.local.LocalBackend;
import cofre.testkit.Engines;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ACLs, flags and birth times in a repository are no matter to real restic: it checks, restores, rewrites and prunes it. */
@Tag("interop")
@Timeout(600)
class RightsInteropTest {
    private static final RawPath ROOT = RawPath.ofDisplay("/tank/obras");
    private static final int FILES = 200;
    private static final String LIST =
            "owner@:rw-p--aARWcCos:-------:allow,user:1001:r-------------:-------:deny,everyone@:r-----a-R-c--s:-------:allow";

    @TempDir
    Path temp;

    private final SettableClock clock = new SettableClock("2026-03-01T12:00:00Z");
    private final MemorySource source = new MemorySource(clock);
    private final MemoryNode live = source.tree("tank/obras");
    private final Engines.HostMemory memory = new Engines.HostMemory();
    private Path store;

    @BeforeEach
    void makePoints() throws Exception {
        store = temp.resolve("repository");
        live.keeps(RightsModel.NFS4).born(Instant.parse("2024-02-29T12:00:00.5Z"));
        for (int i = 0; i < FILES; i++) {
            String dir = "d" + i / 50;
            MemoryNode in = i % 50 == 0 ? live.dir(dir).nfs4Acl(LIST) : live.child(dir);
            in.file("f" + i, "content " + i)
                    .born(Instant.ofEpochSecond(1_700_000_000L + i, 123_456_000 + i))
                    .nfs4Acl(LIST)
                    .flags(i % 3 == 0 ? "hidden,nodump" : "");
        }
        live.special("fifo", NodeType.FIFO).nfs4Acl("unreadable");
        try (Repository repository = new Repositories(Engines.engine(Clock.systemUTC()))
                .init(new LocalBackend(store, Clock.systemUTC()), Engines.password())) {
            backUp(repository);
            clock.advance(Duration.ofMinutes(1)); // of two points in one second restic may take either for the latest
            live.child("d0").file("later", "more").born(Instant.parse("2026-01-01T00:00:00Z"));
            backUp(repository);
        }
    }

    private void backUp(Repository repository) throws Exception {
        new BackupRun(Engines.tools(repository, Clock.systemUTC()), repository, memory, Progress.NONE)
                .run(new BackupRun.Job(
                        "obras",
                        source,
                        new SnapshotSource.Request("obras", "tank/obras", ROOT),
                        ExcludeRules.none(),
                        "run-1"));
    }

    private Restic restic(String version) {
        return new Restic("restic-" + version, store, temp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.14", "0.18"})
    void resticChecksAndRestores(String version) throws Exception {
        Restic restic = restic(version);
        assertThat(restic.succeed("check", "--read-data")).contains("no errors were found");
        assertThat(restic.succeed("ls", "latest").lines()).anyMatch(line -> line.endsWith("/tank/obras/d0/f0"));
        Path to = temp.resolve("restored");
        String said = restic.succeed("restore", "latest", "--verify", "--target", to.toString());
        long warnings =
                said.lines().filter(line -> line.contains("generic attribute")).count();
        assertThat(warnings).isLessThanOrEqualTo(3); // once a key, never once a file
        try (var all = Files.walk(to)) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(FILES + 1);
        }
    }

    @Test
    void whatResticRewritesAndPrunesKeepsThem() throws Exception {
        Restic restic = restic("0.18");
        restic.succeed("rewrite", "--forget", "--exclude", "f7");
        restic.succeed("repair", "snapshots", "--forget");
        restic.succeed("forget", "--keep-last", "1", "--group-by", "", "--prune");
        restic.succeed("check", "--read-data");
        try (Repository repository = new Repositories(Engines.engine(Clock.systemUTC()))
                .open(new LocalBackend(store, Clock.systemUTC()), Engines.password())) {
            repository.loadIndex(Progress.NONE);
            SnapshotId left =
                    repository.snapshots(Progress.NONE).iterator().next().id();
            Tree at = repository.reader().tree(repository.snapshot(left).tree());
            for (String name : new String[] {"tank", "obras", "d0"}) {
                at = repository.reader().tree(((Node.DirBody) find(at, name).body()).subtree());
            }
            Node file = find(at, "f3");
            assertThat(GenericAttributes.nfs4Acl(file.metadata())).hasValue(LIST);
            assertThat(GenericAttributes.flags(file.metadata())).hasValue("hidden,nodump");
            assertThat(GenericAttributes.birthTime(file.metadata())).hasValue("2023-11-14T22:13:23.123456003Z");
            assertThat(at.nodes()).noneMatch(n -> n.name().equals(RawName.ofText("f7")));
        }
    }

    private static Node find(Tree tree, String name) {
        return tree.nodes().stream()
                .filter(n -> n.name().equals(RawName.ofText(name)))
                .findFirst()
                .orElseThrow();
    }
}
