package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobId;
import cofre.format.GenericAttributes;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.PointTags;
import cofre.format.RightsModel;
import cofre.format.SnapshotId;
import cofre.format.Tree;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.source.SnapshotSource;
import cofre.storage.local.LocalBackend;
import cofre.testkit.Engines;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.SettableClock;
import cofre.testkit.zfs.ModelSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What restore points keep of rights, flags and birth, and that a run takes over only what its parent kept. */
class RightsKeptTest {
    private static final RawPath ROOT = RawPath.ofDisplay("/tank/obras");
    private static final Instant BORN = Instant.parse("2025-12-24T18:00:00.000000007Z");
    private static final String LIST = "user:1001:r-------------:-------:deny,everyone@:r-----a-R-c--s:-------:allow";
    private static final String OTHER_LIST = "everyone@:r-----a-R-c--s:-------:allow";

    @TempDir
    Path dir;

    private final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    private final MemorySource source = new MemorySource(clock);
    private final Engines.HostMemory memory = new Engines.HostMemory();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private MemoryNode live;
    private Repository repository;

    @BeforeEach
    void makeRepository() throws Exception {
        live = source.tree("tank/obras");
        repository = new Repositories(Engines.engine(clock)).init(new LocalBackend(dir, clock), Engines.password());
    }

    @AfterEach
    void closeRepository() {
        repository.close();
    }

    /** Keeps what people are told. */
    private final class Listener implements Progress {
        @Override
        public void phase(String name) {}

        @Override
        public void total(long files, long bytes) {}

        @Override
        public void add(long files, long bytes) {}

        @Override
        public void message(Level level, String text) {
            if (level == Level.WARNING) {
                said.add(text);
            }
        }
    }

    private SnapshotId run() throws Exception {
        clock.advance(Duration.ofMinutes(1));
        SnapshotSource.Request request = new SnapshotSource.Request("obras", "tank/obras", ROOT);
        return new BackupRun(Engines.tools(repository, clock), repository, memory, new Listener())
                .run(new BackupRun.Job("obras", source, request, ExcludeRules.none(), "run-1"))
                .snapshot();
    }

    private Tree tree(SnapshotId id, String... below) throws Exception {
        RawPath path = ROOT;
        for (String name : below) {
            path = path.resolve(RawName.ofText(name));
        }
        BlobId at = repository.snapshot(id).tree();
        for (RawName name : path.names()) {
            Node node = find(repository.reader().tree(at), name);
            assertThat(ROOT.names().indexOf(name) != 0
                            || node.metadata().generic().isEmpty())
                    .as("directories above the share have nothing that could change from run to run")
                    .isTrue();
            at = ((Node.DirBody) node.body()).subtree();
        }
        return repository.reader().tree(at);
    }

    private static Node find(Tree tree, RawName name) {
        return tree.nodes().stream()
                .filter(n -> n.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Metadata of(Tree tree, String name) {
        return find(tree, RawName.ofText(name)).metadata();
    }

    @Test
    void everyKindOfEntryKeepsWhatItHas() throws Exception {
        live.keeps(RightsModel.NFS4);
        live.file("plain", "x");
        live.file("all", "x").nfs4Acl(LIST).flags("schg,hidden").born(BORN);
        live.dir("d").nfs4Acl(OTHER_LIST).born(BORN).file("in", "x").born(BORN);
        live.special("fifo", cofre.format.NodeType.FIFO).nfs4Acl("unreadable");
        live.symlink("link", "all").nfs4Acl(LIST);

        SnapshotId point = run();
        Tree tree = tree(point);

        assertThat(said).singleElement().asString().contains("of 1 entries vs of all");
        assertThat(of(tree, "plain").generic()).isEmpty();
        assertThat(of(tree, "all").generic().toString())
                .isEqualTo("{cofre.birth_time=\"2025-12-24T18:00:00.000000007Z\", freebsd.flags=\"schg,hidden\", "
                        + "freebsd.nfsv4_acl=\"" + LIST + "\"}");
        assertThat(GenericAttributes.nfs4Acl(of(tree, "d"))).hasValue(OTHER_LIST);
        assertThat(GenericAttributes.nfs4Acl(of(tree, "fifo"))).hasValue("unreadable");
        assertThat(of(tree, "link").generic()).isEmpty(); // nobody asks for the rights of a link
        assertThat(GenericAttributes.birthTime(of(tree(point, "d"), "in"))).hasValue("2025-12-24T18:00:00.000000007Z");
        assertThat(PointTags.rights(repository.snapshot(point))).isEqualTo(RightsModel.NFS4);
    }

    @Test
    void aPointOfASourceWhoseRightsNobodyReadsDoesNotPromiseThem() throws Exception {
        live.file("f", "x").nfs4Acl(LIST);
        SnapshotId point = run();
        assertThat(repository.snapshot(point).tags()).noneMatch(tag -> tag.startsWith("rights="));
        assertThat(of(tree(point), "f").generic()).isEmpty();
        live.keeps(RightsModel.POSIX);
        assertThat(repository.snapshot(run()).tags()).contains("rights=posix");
    }

    @Test
    void listsOfUnchangedFilesAreReadOnceTheParentHasNone() throws Exception {
        live.file("f", "x").nfs4Acl(LIST);
        live.dir("d").nfs4Acl(LIST).file("in", "x").nfs4Acl(LIST);
        run();
        live.keeps(RightsModel.NFS4);
        SnapshotId second = run();
        assertThat(GenericAttributes.nfs4Acl(of(tree(second), "f"))).hasValue(LIST);
        assertThat(GenericAttributes.nfs4Acl(of(tree(second), "d"))).hasValue(LIST);
        assertThat(GenericAttributes.nfs4Acl(of(tree(second, "d"), "in"))).hasValue(LIST);
    }

    @Test
    void listsOfUnchangedFilesAreTakenFromAParentThatHasThem() throws Exception {
        live.keeps(RightsModel.NFS4);
        MemoryNode file = live.file("f", "x").nfs4Acl(LIST).born(BORN);
        SnapshotId first = run();
        file.nfs4Acl(OTHER_LIST); // no file system changes a list without the ctime: so it is seen whether it was read
        SnapshotId second = run();
        assertThat(repository.snapshot(second).tree())
                .isEqualTo(repository.snapshot(first).tree());
        file.touch();
        assertThat(GenericAttributes.nfs4Acl(of(tree(run()), "f"))).hasValue(OTHER_LIST);
    }

    @Test
    void whatChangedIsFoundByAWalkOnceWhereTheParentKeptLess() throws Exception {
        RawPath file = RawPath.ofDisplay("/d/f");
        try (IncrementalWorld world = new IncrementalWorld(dir.resolve("w"), ModelSettings.USUAL, "/tank/s")) {
            world.dataset.files().mkdir(RawPath.ofDisplay("/d"));
            world.dataset.files().create(file, new byte[] {1});
            world.dataset.files().faults().hideRights();
            world.clock.advance(Duration.ofHours(1));
            world.run();
            world.dataset.files().faults().heal();
            world.clock.advance(Duration.ofHours(1));

            BackupReport walked = world.run();
            assertThat(walked.detection().method()).isEqualTo(Detection.Method.WALK);
            assertThat(walked.detection().why()).contains("does not keep all that is kept of files now");
            world.clock.advance(Duration.ofHours(1));
            BackupReport told = world.run();
            assertThat(told.detection().method()).as(told.detection().why()).isEqualTo(Detection.Method.STREAM);
            assertThat(world.difference(told)).isEmpty();
        }
    }
}
