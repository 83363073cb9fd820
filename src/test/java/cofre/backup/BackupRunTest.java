package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.format.PointTags;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.format.Tree;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.source.SnapshotSource;
import cofre.source.SourceException;
import cofre.storage.local.LocalBackend;
import cofre.testkit.Engines;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRunTest {
    private static final RawPath ROOT = RawPath.ofDisplay("/tank/obras");

    @TempDir
    Path dir;

    private final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    private final MemorySource source = new MemorySource(clock);
    private final Engines.HostMemory memory = new Engines.HostMemory();
    private MemoryNode live;
    private Repository repository;

    @BeforeEach
    void makeRepository() throws Exception {
        live = source.tree("tank/obras");
        repository = new Repositories(Engines.engine(clock)).init(new LocalBackend(dir, clock), Engines.password());
    }

    @AfterEach
    void everyHandleIsClosed() {
        repository.close();
    }

    @Test
    void keepsEveryKindOfEntry() throws Exception {
        MemoryNode file = live.file("a.txt", "hello").mode(04755).owner(1000, 100);
        live.link("b.txt", file);
        live.dir("dir").file("c", "x").xattr("user.k", new byte[] {0, 1});
        live.symlink("link", "../nowhere");
        live.special("fifo", NodeType.FIFO);
        live.special("sock", NodeType.SOCKET);
        live.device("null", NodeType.CHAR_DEVICE, 0x103);
        live.file("empty", "");

        BackupReport report = run(ExcludeRules.none());

        assertThat(report.isComplete()).isTrue();
        Tree tree = shareTree(report.snapshot());
        assertThat(tree.nodes().stream().map(n -> n.name().toString()))
                .containsExactly("a.txt", "b.txt", "dir", "empty", "fifo", "link", "null");
        Node a = node(tree, "a.txt");
        assertThat(content(a)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(a.metadata().mode()).isEqualTo(04755);
        assertThat(a.metadata().uid()).isEqualTo(1000);
        assertThat(a.metadata().links()).isEqualTo(2);
        assertThat(node(tree, "b.txt").metadata().inode())
                .isEqualTo(a.metadata().inode());
        assertThat(((Node.FileBody) node(tree, "empty").body()).content()).isEmpty();
        assertThat(((Node.SymlinkBody) node(tree, "link").body()).target())
                .isEqualTo("../nowhere".getBytes(StandardCharsets.UTF_8));
        Tree below = repository.reader().tree(((Node.DirBody) node(tree, "dir").body()).subtree());
        assertThat(below.nodes().get(0).metadata().xattrs().get(0).value()).containsExactly(0, 1);
    }

    @Test
    void bigFilesComeBackChunkByChunk() throws Exception {
        byte[] bytes = new byte[20 << 20];
        new Random(1).nextBytes(bytes);
        live.file(RawName.ofText("big"), bytes);
        BackupReport report = run(ExcludeRules.none());
        Node big = node(shareTree(report.snapshot()), "big");
        assertThat(((Node.FileBody) big.body()).content()).hasSizeGreaterThan(4);
        assertThat(content(big)).isEqualTo(bytes);
    }

    @Test
    void theRecordSaysWhatItShows() throws Exception {
        live.file("a", "1");
        BackupReport report = run(ExcludeRules.of(List.of("*.tmp")));
        Snapshot record = repository.snapshot(report.snapshot());
        assertThat(record.paths()).containsExactly("/tank/obras");
        assertThat(record.time().toInstant()).isEqualTo(clock.instant());
        assertThat(record.excludes()).containsExactly("*.tmp");
        assertThat(PointTags.share(record)).isEqualTo("obras");
        assertThat(PointTags.guid(record)).isNotEmpty();
        assertThat(PointTags.zfsSnapshot(record)).isEqualTo(report.label());
        assertThat(record.summary().orElseThrow().filesNew()).isEqualTo(1);
    }

    @Test
    void anUnchangedShareIsNotReadAgainAndKeepsItsTree() throws Exception {
        live.dir("d").file("a", "1");
        live.file("b", "2");
        BackupReport first = run(ExcludeRules.none());
        clock.advance(Duration.ofHours(1));
        BackupReport second = run(ExcludeRules.none());
        assertThat(second.parent()).contains(first.snapshot());
        assertThat(second.bytesRead()).isZero();
        assertThat(second.summary().filesUnmodified()).isEqualTo(2);
        assertThat(second.summary().dataBlobs() + second.summary().treeBlobs()).isZero();
        assertThat(repository.snapshot(second.snapshot()).tree())
                .isEqualTo(repository.snapshot(first.snapshot()).tree());
    }

    @Test
    void aDatasetThatIsMountedElsewhereIsStillTheSameSeries() throws Exception {
        live.dir("d").file("a", "1");
        BackupReport first = run(ExcludeRules.none());
        clock.advance(Duration.ofHours(1));
        SnapshotSource.Request moved =
                new SnapshotSource.Request("obras", "tank/obras", RawPath.ofDisplay("/pool2/works"));
        BackupReport second = new BackupRun(Engines.tools(repository, clock), repository, memory, Progress.NONE)
                .run(new BackupRun.Job("obras", source, moved, ExcludeRules.none(), "run-2"));
        assertThat(second.parent()).contains(first.snapshot());
        assertThat(second.bytesRead()).isZero();
        assertThat(repository.snapshot(second.snapshot()).paths()).containsExactly("/pool2/works");
    }

    @Test
    void aPointOfTheFutureIsNoParent() throws Exception {
        live.file("a", "1");
        run(ExcludeRules.none());
        clock.advance(Duration.ofHours(-2));
        assertThat(run(ExcludeRules.none()).parent()).isEmpty();
    }

    @Test
    void onlyWhatChangedIsRead() throws Exception {
        live.file("a", "one");
        live.file("b", "two");
        run(ExcludeRules.none());
        clock.advance(Duration.ofHours(1));
        live.child("b").write("three".getBytes(StandardCharsets.UTF_8));
        BackupReport second = run(ExcludeRules.none());
        assertThat(second.bytesRead()).isEqualTo(5);
        assertThat(second.summary().filesChanged()).isEqualTo(1);
        assertThat(second.summary().filesUnmodified()).isEqualTo(1);
        assertThat(content(node(shareTree(second.snapshot()), "b"))).asString().isEqualTo("three");
    }

    @Test
    void whatCannotBeReadIsReportedAndNeverTheOldContent() throws Exception {
        live.file("a", "one");
        live.dir("d").file("x", "y");
        run(ExcludeRules.none());
        clock.advance(Duration.ofHours(1));
        live.child("a").write("changed".getBytes(StandardCharsets.UTF_8));
        live.child("a").unreadable();
        live.child("d").unreadable();
        BackupReport second = run(ExcludeRules.none());
        assertThat(second.isComplete()).isFalse();
        assertThat(second.unreadableCount()).isEqualTo(2);
        assertThat(second.unreadable()).anySatisfy(text -> assertThat(text).startsWith("/tank/obras/a: "));
        assertThat(shareTree(second.snapshot()).nodes()).isEmpty();
    }

    @Test
    void excludedEntriesAreLeftOutWithAllBelow() throws Exception {
        live.file("a.tmp", "1");
        live.dir("cache").file("x", "y");
        live.file("keep", "2");
        BackupReport report = run(ExcludeRules.of(List.of("*.tmp", "/tank/obras/cache")));
        assertThat(shareTree(report.snapshot()).nodes().stream()
                        .map(n -> n.name().toString()))
                .containsExactly("keep");
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void theViewIsSettledAfterTheRecordAndAbandonedAfterAFailure() throws Exception {
        live.file("a", "1");
        BackupReport report = run(ExcludeRules.none());
        assertThat(source.settled()).containsExactly("7000");
        assertThat(source.abandoned()).isEmpty();
        assertThat(memory.points()).containsExactly(report.snapshot());

        source.destroy("7001");
        assertThatThrownBy(() -> run(ExcludeRules.none())).isInstanceOf(SourceException.SnapshotGone.class);
        assertThat(source.abandoned()).containsExactly("7001");
        assertThat(memory.points()).hasSize(1);
        assertThat(repository.snapshots(Progress.NONE)).hasSize(1);
    }

    private BackupReport run(ExcludeRules excludes) throws Exception {
        SnapshotSource.Request request = new SnapshotSource.Request("obras", "tank/obras", ROOT);
        return new BackupRun(Engines.tools(repository, clock), repository, memory, Progress.NONE)
                .run(new BackupRun.Job("obras", source, request, excludes, "run-1"));
    }

    private Tree shareTree(SnapshotId id) throws Exception {
        BlobId tree = repository.snapshot(id).tree();
        for (RawName name : ROOT.names()) {
            Tree level = repository.reader().tree(tree);
            assertThat(level.nodes()).hasSize(1);
            assertThat(level.nodes().get(0).name()).isEqualTo(name);
            tree = ((Node.DirBody) level.nodes().get(0).body()).subtree();
        }
        return repository.reader().tree(tree);
    }

    private static Node node(Tree tree, String name) {
        return tree.nodes().stream()
                .filter(n -> n.name().toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private byte[] content(Node node) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (BlobId id : ((Node.FileBody) node.body()).content()) {
            out.writeBytes(repository.reader().read(BlobHandle.data(id)));
        }
        return out.toByteArray();
    }
}
