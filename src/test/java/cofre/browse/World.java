package cofre.browse;

import cofre.backup.BackupReport;
import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.format.RightsModel;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.Reopened;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.source.SnapshotSource;
import cofre.storage.Backend;
import cofre.storage.CountingBackend;
import cofre.testkit.Await;
import cofre.testkit.Engines;
import cofre.testkit.MemoryBackend;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A share in memory, a repository of it, and its versions shown. */
final class World implements AutoCloseable {
    static final String SHARE = "obras";
    static final RawPath ROOT = RawPath.ofDisplay("/tank/obras");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    final MemorySource source = new MemorySource(clock);
    final MemoryNode live = source.tree("tank/obras");
    final Backend store;
    final SwitchedBackend switched;
    final CountingBackend counting;
    final List<Version> versions = new ArrayList<>();
    private final Repository repository;
    private final Path directory;
    private final Engines.HostMemory memory = new Engines.HostMemory();
    private BrowseLimits limits;
    private Versions shown;

    World(Path directory) throws Exception {
        this(directory, MemoryBackend.ready());
    }

    World(Path directory, Backend store) throws Exception {
        this.directory = directory.resolve("trees");
        this.store = store;
        this.switched = new SwitchedBackend(store);
        this.counting = new CountingBackend(switched);
        this.repository = new Repositories(Engines.engine(clock)).init(store, Engines.password());
        this.limits = limits(64 << 20);
        start();
    }

    static BrowseLimits limits(long disk) {
        return new BrowseLimits(
                Duration.ofMillis(400),
                Duration.ofSeconds(2),
                Duration.ofMillis(300),
                Duration.ofMillis(50),
                Duration.ofMinutes(10),
                1 << 20,
                16 << 20,
                disk);
    }

    /** As a new daemon process begins: nothing is in memory, nothing shown. */
    void restart() {
        restart(limits);
    }

    void restart(BrowseLimits next) {
        shown.close();
        limits = next;
        start();
    }

    private void start() {
        shown = new Versions(new VersionTools(
                name -> {
                    counting.size(cofre.storage.FileHandle.CONFIG); // a store that is away is said so
                    return Reopened.of(repository, counting, Engines.engine(clock));
                },
                directory,
                limits,
                name -> name,
                live(),
                (share, version) -> {},
                System::nanoTime));
    }

    /** What the live share says; none counts unless a test says so. */
    LiveShare liveRights = LiveShare.NONE;

    private LiveShare live() {
        return new LiveShare() {
            @Override
            public boolean counts(String share) {
                return liveRights.counts(share);
            }

            @Override
            public Way way(String share, RawPath path) throws IOException {
                return liveRights.way(share, path);
            }
        };
    }

    Versions tree() {
        return shown;
    }

    Path directory() {
        return directory;
    }

    Repository repository() {
        return repository;
    }

    /** A restore point of the share as it is. */
    Version backUp() throws Exception {
        Repository into = repository.session();
        BackupReport report = new BackupRun(Engines.tools(into, clock), into, memory, Progress.NONE)
                .run(new BackupRun.Job(
                        SHARE,
                        source,
                        new SnapshotSource.Request(SHARE, "tank/obras", ROOT),
                        ExcludeRules.none(),
                        "run"));
        clock.advance(Duration.ofHours(1));
        return remember(report.snapshot());
    }

    /** The last version as one that has kept other rights. */
    Version as(RightsModel rights) {
        Version last = versions.remove(versions.size() - 1);
        Version other = new Version(
                last.name(),
                last.id(),
                last.time(),
                last.tree(),
                last.inside(),
                rights,
                last.repository(),
                last.totals());
        versions.add(other);
        return other;
    }

    Version remember(SnapshotId id) throws Exception {
        Snapshot point = repository.snapshot(id);
        Version version = Version.of(id, point, ROOT, RightsModel.POSIX, "main").orElseThrow();
        versions.add(version);
        return version;
    }

    /** Shows all, without waiting. */
    void show() {
        shown.show(SHARE, versions, OptionalLong.empty());
    }

    /** Shows all, and waits until they are ready. */
    void showReady() throws Exception {
        show();
        for (Version version : versions) {
            Await.until("version is ready", PATIENCE, () -> shown.isReady(SHARE, version.name()));
        }
    }

    Spot root(Version version) throws BrowseException {
        Spot share = shown.find(shown.top(), RawName.ofText(SHARE)).orElseThrow();
        return shown.find(share, version.name()).orElseThrow();
    }

    Spot at(Version version, String path) throws BrowseException {
        Spot spot = root(version);
        for (String name : path.split("/", -1)) {
            spot = shown.find(spot, RawName.ofText(name)).orElseThrow();
        }
        return spot;
    }

    byte[] read(Version version, String path) throws BrowseException {
        Spot spot = at(version, path);
        byte[] all = new byte[(int) shown.attributes(spot).size()];
        try (OpenVersionFile file = shown.open(spot)) {
            for (int done = 0; done < all.length; ) {
                done += file.read(done, all, done, Math.min(128 << 10, all.length - done));
            }
        }
        return all;
    }

    /** Everything below a spot is looked at in every way there is. */
    long walk(Spot spot) throws BrowseException {
        shown.attributes(spot);
        for (byte[] name : shown.extendedAttributes(spot)) {
            shown.extendedAttribute(spot, name);
        }
        if (spot.kind() == EntryKind.SYMLINK) {
            shown.linkTarget(spot);
        }
        if (spot.kind() == EntryKind.FILE) {
            shown.open(spot).close();
        }
        long count = 1;
        if (spot.kind() == EntryKind.DIRECTORY) {
            for (VersionTree.Listed entry : shown.list(spot)) {
                count += walk(shown.find(spot, entry.name()).orElseThrow());
            }
        }
        return count;
    }

    /** All that can be told of a spot and everything below it, in lines. */
    List<String> described(Spot spot) throws BrowseException {
        List<String> lines = new ArrayList<>(List.of(shown.attributes(spot).toString()));
        if (spot.kind() == EntryKind.DIRECTORY) {
            for (VersionTree.Listed entry : shown.list(spot)) {
                lines.add(entry.name().toString());
                lines.addAll(described(entry.spot()));
            }
        }
        return lines;
    }

    /** Requests to the store, of any kind. */
    long requests() {
        long sum = 0;
        for (CountingBackend.Operation operation : CountingBackend.Operation.values()) {
            CountingBackend.Count count = counting.total(operation);
            sum += count.calls() + count.failures();
        }
        return sum;
    }

    @Override
    public void close() {
        shown.close();
        repository.close();
    }
}
