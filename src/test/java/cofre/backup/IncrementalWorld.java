package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.change.CatalogueHome;
import cofre.change.CatalogueStore;
import cofre.change.CrashingCatalogues;
import cofre.format.BadCopy;
import cofre.format.Node;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.BlobSink;
import cofre.repository.Reopened;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.RepositoryLock;
import cofre.source.ChangeSource;
import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.source.SourceDir;
import cofre.source.SourceId;
import cofre.testkit.CrashPoint;
import cofre.testkit.CrashingBackend;
import cofre.testkit.CrashingChanges;
import cofre.testkit.CrashingMemory;
import cofre.testkit.CrashingSource;
import cofre.testkit.Engines;
import cofre.testkit.MemoryBackend;
import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedDataset;
import cofre.testkit.SimulatedZfs;
import cofre.testkit.zfs.EditPlayer;
import cofre.testkit.zfs.EditScript;
import cofre.testkit.zfs.ModelSettings;
import cofre.testkit.zfs.ModelSnapshot;
import cofre.zfs.ZfsChanges;
import cofre.zfs.ZfsSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A dataset of a simulated ZFS, a repository, and what a host remembers from run to run; and a judge, who walks each view
 * anew with nothing to compare with.
 */
final class IncrementalWorld implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    static final DetectionRules RULES = new DetectionRules(DetectionRules.Wanted.CHEAPEST, Duration.ofDays(7), 0);

    final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    final SimulatedZfs zfs = new SimulatedZfs(clock);
    SimulatedDataset dataset;
    EditPlayer player;
    final Repository repository;
    final MemoryBackend store = MemoryBackend.ready();
    final CatalogueHome home;
    final ZfsSource source;
    /** Tells changes; a test may put something in between. */
    ChangeSource changes;

    private final RawPath root;
    Optional<LastRun> last = Optional.empty();
    ExcludeRules excludes = ExcludeRules.none();
    /** Copies of blobs found bad, and whether a run has gone over the share because of them. */
    final Set<BadCopy> bad = new HashSet<>();

    boolean goneOver;
    /** How the source is named: by its name or, for one that is renamed, its guid. */
    String sourceName = "tank/s";

    private final Map<String, ModelSnapshot> destroyed = new HashMap<>();
    private final Keeping memory = new Keeping();
    private int runs;

    /** A world whose catalogue is below {@code dir}, and whose share is {@code root}. */
    IncrementalWorld(Path dir, ModelSettings settings, String root) throws Exception {
        dataset = zfs.create("tank/s", settings);
        dataset.set("xattr", settings.xattrs() == ModelSettings.XattrPlace.DIRECTORY ? "on" : "sa");
        player = new EditPlayer(dataset.files(), zfs::sync);
        repository = new Repositories(Engines.engine(clock)).init(store, Engines.password());
        home = new CatalogueHome(new CatalogueStore(), dir.resolve("s.catalogue"));
        source = new ZfsSource(zfs, zfs, clock, clock::advance, DEADLINE);
        changes = new ZfsChanges(zfs, DEADLINE, DEADLINE);
        this.root = RawPath.ofDisplay(root);
    }

    /** Plays the edits; time goes by. */
    void play(EditScript script) {
        player.play(script);
        clock.advance(Duration.ofHours(1));
    }

    /** Where the share's root is a directory of the dataset: makes it again when a script took it away. */
    void ensureRoot() {
        RawPath at = RawPath.ROOT;
        for (RawName name : root.names().subList(2, root.names().size())) {
            boolean isThere = dataset.files().namesIn(at).contains(name);
            at = at.resolve(name);
            if (isThere && !dataset.files().isDirectory(at)) {
                dataset.files().unlink(at);
                isThere = false;
            }
            if (!isThere) {
                dataset.files().mkdir(at);
            }
        }
    }

    /** A run that remembers what it learned. */
    BackupReport run(DetectionRules rules) throws Exception {
        return run(rules, CrashPoint.never());
    }

    /** A run of a new process, all earlier ones being dead, that sees the world through {@code point}. */
    BackupReport run(DetectionRules rules, CrashPoint point) throws Exception {
        SnapshotSource.Request request = new SnapshotSource.Request("s", sourceName, root);
        CatalogueHome catalogues = new CatalogueHome(CrashingCatalogues.store(point), home.directory());
        Tracking tracking = new Tracking(new CrashingChanges(changes, point), catalogues, last, rules);
        long self = 1000L + ++runs;
        Repository process = Reopened.of(
                repository, new CrashingBackend(store, point), Engines.engine(clock, self, other -> other == self));
        return new BackupRun(Engines.tools(process, clock), process, new CrashingMemory(memory, point), Progress.NONE)
                .run(new BackupRun.Job(
                        "s",
                        new CrashingSource(source, point),
                        request,
                        excludes,
                        "run-" + runs,
                        Optional.of(tracking)));
    }

    /** An administrator has looked into what an audit found. */
    void trust() {
        LastRun was = last.orElseThrow();
        last = Optional.of(new LastRun(
                was.point(),
                was.sourceIdentity(),
                was.viewId(),
                was.indexes(),
                was.owners(),
                was.detection().trusted()));
    }

    BackupReport run() throws Exception {
        return run(RULES);
    }

    /** The share's root directory in a point. */
    Node made(BackupReport report) throws Exception {
        Repository session = repository.session();
        session.loadIndex(Progress.NONE);
        return new RootPath(root, session.reader())
                .find(session.snapshot(report.snapshot()), Progress.NONE)
                .orElseThrow();
    }

    /** What of a point is not as a walk makes it; empty when all is. */
    String difference(BackupReport report) throws Exception {
        TreeMaker.Made judged = judged(report);
        String how =
                "by " + report.detection().method() + " (" + report.detection().why() + "): ";
        Node made = made(report);
        if (!made.equals(judged.root())) {
            return how + made + " vs " + judged.root();
        }
        long files = judged.counts().files();
        long bytes = judged.counts().bytesProcessed.get();
        return report.summary().totalFilesProcessed() == files
                        && report.summary().totalBytesProcessed() == bytes
                ? ""
                : how + report.summary() + " vs " + files + " files, " + bytes + " bytes";
    }

    /** Fails unless the point is as a walk makes it. */
    BackupReport judge(BackupReport report) throws Exception {
        assertThat(difference(report)).isEmpty();
        return report;
    }

    /** The last point's snapshot, without its dataset. */
    String lastView() {
        return dataset.snapshots().stream()
                .filter(name -> dataset.guidOf(name).equals(last.orElseThrow().viewId()))
                .findFirst()
                .orElseThrow();
    }

    /** Somebody destroys a snapshot, held or not; the judge remembers it. */
    void destroy(String name) {
        destroyed.put(name, dataset.files(name));
        dataset.forget(name);
    }

    private ModelSnapshot shown(String name) {
        return dataset.snapshots().contains(name) ? dataset.files(name) : destroyed.get(name);
    }

    /** The newest snapshot: that of the run that is under way. */
    String newestView() {
        List<String> all = List.copyOf(dataset.snapshots());
        return all.get(all.size() - 1);
    }

    /** The dataset is destroyed, and another of its name is made. */
    void recreate(ModelSettings settings) {
        zfs.vanish("tank/s");
        dataset = zfs.create("tank/s", settings).set("xattr", dataset.property("xattr"));
        player = new EditPlayer(dataset.files(), zfs::sync);
    }

    /** How many points are in the repository. */
    long points() {
        return store.names().stream()
                .filter(name -> name.startsWith("snapshots/"))
                .count();
    }

    /** Names of the snapshots that are held for us. */
    List<String> held() {
        return dataset.snapshots().stream()
                .filter(name -> dataset.holds(name).contains("cofre:run"))
                .toList();
    }

    /** What a walk that knows of nothing makes of the same view. */
    TreeMaker.Made judged(BackupReport report) throws Exception {
        Repository session = repository.session();
        session.loadIndex(Progress.NONE);
        BackupRun.Job job =
                new BackupRun.Job("s", source, new SnapshotSource.Request("s", "tank/s", root), excludes, "judge");
        try (RepositoryLock lock = session.lockShared();
                BlobSink sink = session.newSink(lock)) {
            BackupRun.Tools tools = Engines.tools(session, clock);
            TreeMaker maker = new TreeMaker(tools, session, new Nodes(tools.owners()), Progress.NONE);
            WalkApproach walk = new WalkApproach(Optional.empty(), Progress.NONE);
            return maker.make(
                    job, new Shown(report.label()), walk, new TreeMaker.Before(Optional.empty(), false), sink);
        }
    }

    @Override
    public void close() {
        repository.close();
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final class Keeping implements BackupRun.Memory {
        private final Engines.HostMemory packs = new Engines.HostMemory();

        @Override
        public Set<BadCopy> badCopies() {
            return Set.copyOf(bad);
        }

        @Override
        public Set<BadCopy> badCopiesSince(String share) {
            return goneOver ? Set.of() : Set.copyOf(bad);
        }

        @Override
        public void goneOver(String share, Set<BadCopy> copies) {
            goneOver = true;
        }

        @Override
        public List<cofre.format.PackId> packsBegun() {
            return packs.packsBegun();
        }

        @Override
        public void packBegun(cofre.format.PackId pack) {
            packs.packBegun(pack);
        }

        @Override
        public void committed(String share, LastRun run, Frozen view) {
            packs.committed(share, run, view);
            last = Optional.of(run);
        }
    }

    /** A snapshot, opened for the judge. */
    private final class Shown implements Frozen {
        private final String label;

        Shown(String label) {
            this.label = label;
        }

        @Override
        public SourceId source() {
            throw new Refused();
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public String viewId() {
            throw new Refused();
        }

        @Override
        public Instant time() {
            throw new Refused();
        }

        @Override
        public boolean isConsistent() {
            return true;
        }

        @Override
        public boolean isWholeSource() {
            return true;
        }

        @Override
        public boolean timesCoverAttributes() {
            return true; // there is nothing to compare with
        }

        @Override
        public SourceDir openRoot() {
            SourceDir at = shown(label.substring(label.indexOf('@') + 1)).open();
            for (int i = 2; i < root.names().size(); i++) {
                try {
                    at = at.enter(root.names().get(i));
                } catch (cofre.source.SourceException e) {
                    throw new IllegalStateException(e);
                }
            }
            return at;
        }

        @Override
        public void verifyStillThere() {}

        @Override
        public void close() {}
    }
}
