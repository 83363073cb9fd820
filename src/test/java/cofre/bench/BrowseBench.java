package cofre.bench;

import cofre.acl.Caller;
import cofre.acl.Want;
import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.browse.BrowseException;
import cofre.browse.BrowseLimits;
import cofre.browse.EntryKind;
import cofre.browse.LiveShare;
import cofre.browse.OpenVersionFile;
import cofre.browse.Spot;
import cofre.browse.Version;
import cofre.browse.VersionTools;
import cofre.browse.VersionTree;
import cofre.browse.Versions;
import cofre.format.RightsModel;
import cofre.format.SnapshotId;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Posix;
import cofre.progress.Progress;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.StoredSnapshot;
import cofre.restore.RestoreRequest;
import cofre.restore.RestoreRun;
import cofre.source.SnapshotSource;
import cofre.storage.Backend;
import cofre.storage.local.LocalBackend;
import cofre.storage.rest.RestBackend;
import cofre.storage.rest.RestOptions;
import cofre.target.DirectoryTarget;
import cofre.testkit.Engines;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.SettableClock;
import cofre.testkit.StoreBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What looking at versions costs. {@code BrowseBench make DIRECTORY DIRS FILES MIB} makes a repository of two points: so many
 * directories of so many files, and one large file. {@code BrowseBench run DIRECTORY [rest:URL]} looks at them. Not a test.
 */
public final class BrowseBench {
    private static final RawPath ROOT = RawPath.ofDisplay("/tank/bench");
    private static final int READ = 128 << 10;

    private final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    private final Path directory;
    private final List<Spot> spots = new ArrayList<>();

    private BrowseBench(Path directory) {
        this.directory = directory;
    }

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        BrowseBench bench = new BrowseBench(Path.of(args[1]));
        if (args[0].equals("make")) {
            bench.make(Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        } else {
            bench.run(
                    args.length > 2
                            ? new RestBackend(RestOptions.parse(args[2], Optional.empty()), System::nanoTime)
                            : new LocalBackend(bench.directory.resolve("repository"), bench.clock));
        }
    }

    private void make(int dirs, int files, int mib) throws Exception {
        MemorySource source = new MemorySource(clock);
        MemoryNode live = source.tree("bench");
        for (int i = 0; i < dirs; i++) {
            MemoryNode dir = live.dir("group" + i / 1000).dir("dir" + i);
            for (int j = 0; j < files; j++) {
                dir.file("file number " + j + ".txt", "");
            }
        }
        live.file(RawName.ofText("large"), StoreBytes.random(mib << 20, 1));
        Repository repository = new Repositories(Engines.engine(clock))
                .init(new LocalBackend(directory.resolve("repository"), clock), Engines.password());
        Engines.HostMemory memory = new Engines.HostMemory();
        for (int i = 0; i < 2; i++) {
            Repository session = repository.session();
            new BackupRun(Engines.tools(session, clock), session, memory, Progress.NONE)
                    .run(new BackupRun.Job(
                            "bench",
                            source,
                            new SnapshotSource.Request("bench", "bench", ROOT),
                            ExcludeRules.none(),
                            "bench"));
            live.dir("group0").dir("dir7").file("new", "new");
            clock.advance(Duration.ofDays(1));
        }
    }

    private void run(Backend store) throws Exception {
        Repository repository = new Repositories(Engines.engine(clock)).open(store, Engines.password());
        List<StoredSnapshot> points = new ArrayList<>(repository.snapshots(Progress.NONE));
        points.sort(Comparator.comparing(point -> point.snapshot().time().toInstant()));
        List<Version> versions = new ArrayList<>();
        for (StoredSnapshot point : points) {
            versions.add(Version.of(point.id(), point.snapshot(), ROOT, RightsModel.POSIX, "bench")
                    .orElseThrow());
        }
        System.out.printf("%n%s%n", store.location());
        for (int i = 0; i < 2; i++) {
            open(repository, versions);
        }
        restore(repository, points.get(0).id());
    }

    private void open(Repository repository, List<Version> versions) throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(versions.size());
        try (Versions tree = new Versions(new VersionTools(
                name -> repository.session(),
                directory.resolve("trees"),
                BrowseLimits.standard(),
                name -> name,
                LiveShare.NONE,
                (share, version) -> {
                    first.countDown();
                    all.countDown();
                },
                System::nanoTime))) {
            long begin = System.nanoTime();
            tree.show("bench", versions.subList(0, 1), OptionalLong.empty());
            first.await();
            say("first version ready, s", seconds(begin));
            begin = System.nanoTime();
            tree.show("bench", versions, OptionalLong.empty());
            all.await();
            say("second version ready, s", seconds(begin));
            look(tree, versions.get(0));
            content(tree, versions.get(0));
        }
    }

    private void look(VersionTree tree, Version version) throws Exception {
        Spot root = tree.find(tree.find(tree.top(), RawName.ofText("bench")).orElseThrow(), version.name())
                .orElseThrow();
        long used = heap();
        long begin = System.nanoTime();
        spots.clear();
        walk(tree, root);
        say("walked with attributes, entries/s", spots.size() / seconds(begin));
        say("bytes a spot (with the cache)", (heap() - used) / (double) spots.size());
        byte[] name = "user.DOSATTRIB".getBytes(StandardCharsets.UTF_8);
        Spot dir = tree.find(tree.find(root, RawName.ofText("group0")).orElseThrow(), RawName.ofText("dir7"))
                .orElseThrow();
        RawName file = RawName.ofText("file number 3.txt");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        int count = 0;
        while (System.nanoTime() < until) {
            count += tree.find(dir, file).isPresent() ? 1 : 0;
        }
        say("warm look-ups/s", count);
        Spot spot = tree.find(dir, file).orElseThrow();
        until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        count = 0;
        while (System.nanoTime() < until) {
            tree.attributes(spot);
            tree.extendedAttribute(spot, name);
            count++;
        }
        say("warm attributes and xattr/s", count);
        Caller caller = new Caller(4711, Set.of(4711L, 4712L));
        until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        count = 0;
        while (System.nanoTime() < until) {
            count += tree.permits(caller, spot, Want.READ) ? 1 : 0;
        }
        say("permits over 4 levels/s", count);
        spots.clear();
    }

    private void walk(VersionTree tree, Spot spot) throws BrowseException {
        spots.add(spot);
        tree.attributes(spot);
        if (spot.kind() == EntryKind.DIRECTORY) {
            for (VersionTree.Listed entry : tree.list(spot)) {
                walk(tree, entry.spot());
            }
        }
    }

    private void content(VersionTree tree, Version version) throws Exception {
        Spot root = tree.find(tree.find(tree.top(), RawName.ofText("bench")).orElseThrow(), version.name())
                .orElseThrow();
        Spot large = tree.find(root, RawName.ofText("large")).orElseThrow();
        long size = tree.attributes(large).size();
        byte[] into = new byte[READ];
        long begin = System.nanoTime();
        try (OpenVersionFile file = tree.open(large)) {
            long done = file.read(0, into, 0, READ);
            say("first bytes, ms", seconds(begin) * 1000);
            while (done < size) {
                done += file.read(done, into, 0, READ);
            }
        }
        say("sequential, MB/s", size / seconds(begin) / 1e6);
    }

    private void restore(Repository repository, SnapshotId point) throws Exception {
        Path target = Files.createTempDirectory(directory, "restored");
        Posix posix = Posix.load(System::nanoTime);
        RawPath path = RawPath.of(target.toString().getBytes(StandardCharsets.UTF_8));
        long begin = System.nanoTime();
        try (DirectoryTarget into = new DirectoryTarget(posix, path, () -> 4711)) {
            RestoreRequest all = RestoreRequest.all(point);
            new RestoreRun(repository.session(), Progress.NONE, 4)
                    .run(
                            new RestoreRequest(
                                    point,
                                    List.of(ROOT.resolve(RawName.ofText("large"))),
                                    all.fullPaths(),
                                    all.overwrite(),
                                    false,
                                    false),
                            into);
        }
        long size = Files.size(target.resolve("large"));
        say("restore of the large file, MB/s", size / seconds(begin) / 1e6);
        Files.delete(target.resolve("large"));
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void say(String what, double value) {
        System.out.printf("%-40s %,.2f%n", what, value);
    }
}
