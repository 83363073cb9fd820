package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.Node;
import cofre.format.SnapshotId;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.prune.MaxUnused;
import cofre.repository.prune.PrunePlan;
import cofre.repository.prune.PruneRules;
import cofre.source.SnapshotSource;
import cofre.storage.Backend;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.testkit.Engines;
import cofre.testkit.MemoryBackend;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.PointContents;
import cofre.testkit.SettableClock;
import cofre.testkit.StoreBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;

/** A share, a store and what a host remembers, over which restore points come and go. */
final class PruneWorld {
    static final Duration GRACE = Duration.ofDays(3);
    private static final String PATH = "/tank/s";

    final MemoryBackend store = MemoryBackend.ready();
    final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    final MemorySource source = new MemorySource(clock);
    final MemoryNode live = source.tree("tank/s");
    final Engines.HostMemory memory = new Engines.HostMemory();
    final Map<SnapshotId, SortedMap<String, String>> expected = new HashMap<>();
    final Remembered waiting = new Remembered();
    final Repository first;
    private final AtomicLong pid = new AtomicLong(1000);
    private final Set<Long> alive = new HashSet<>();
    private int contents;

    PruneWorld() throws Exception {
        first = new Repositories(Engines.engine(clock)).init(store, Engines.password());
    }

    /** What the host remembers of packs that wait. */
    static final class Remembered implements PruneMemory {
        private byte[] list;

        @Override
        public Optional<byte[]> recall() {
            return Optional.ofNullable(list);
        }

        @Override
        public void remember(byte[] kept) {
            list = kept.clone();
        }

        void lose() {
            list = null;
        }
    }

    /** Copies all that is needed, waits for nobody. */
    static PruneOptions options(double percent) {
        return new PruneOptions(
                new PruneRules(new MaxUnused.Percent(percent), 1 << 20, true, false, false), GRACE, Duration.ZERO);
    }

    /** A file of random bytes, which nothing else holds. */
    void file(String name, int length) {
        live.file(RawName.ofText(name), StoreBytes.random(length, ++contents));
    }

    /** Changes some files. */
    void change(Random random) {
        for (int i = 0; i < 4; i++) {
            String name = "f" + random.nextInt(8);
            if (random.nextInt(5) == 0 && live.child(name) != null) {
                live.remove(name);
            } else {
                file(name, 1 + random.nextInt(200_000));
            }
        }
        live.dir("d" + random.nextInt(3)).file("n", "number " + random.nextInt());
    }

    /** The repository as a new process of a host where only {@code alsoAlive} and it live. */
    Repository open(Backend backend) {
        long self = pid.incrementAndGet();
        alive.clear();
        alive.add(self);
        return Reopened.of(first, backend, Engines.engine(clock, self, alive::contains));
    }

    /** The same beside the processes that live already. */
    Repository openBeside(Backend backend) {
        long self = pid.incrementAndGet();
        alive.add(self);
        return Reopened.of(first, backend, Engines.engine(clock, self, alive::contains));
    }

    /** That process lives too, until a host is opened on which it does not. */
    void keepAlive(long process) {
        alive.add(process);
    }

    SnapshotId backUp() throws Exception {
        return backUp(open(store));
    }

    SnapshotId backUp(Repository into) throws Exception {
        clock.advance(Duration.ofMinutes(10));
        SortedMap<String, String> content = PointContents.of(live, PATH);
        SnapshotId id = new BackupRun(Engines.tools(into, clock), into, memory, Progress.NONE)
                .run(new BackupRun.Job(
                        "s",
                        source,
                        new SnapshotSource.Request("s", "tank/s", RawPath.ofDisplay(PATH)),
                        ExcludeRules.none(),
                        "run" + pid))
                .snapshot();
        expected.put(id, content);
        return id;
    }

    void forget(SnapshotId id) {
        store.delete(new FileHandle(FileType.SNAPSHOTS, id.hex()));
        expected.remove(id);
    }

    PruneReport prune() throws Exception {
        return prune(open(store), options(0));
    }

    PruneReport prune(Repository repository, PruneOptions options) throws Exception {
        return new PruneRun(repository, options, waiting, Progress.NONE).run(() -> false);
    }

    PrunePlan plan() throws Exception {
        return new PruneRun(open(store), options(0), waiting, Progress.NONE).plan();
    }

    PruneOutlook outlook() throws Exception {
        return new PruneRun(open(store), options(0), waiting, Progress.NONE).outlook();
    }

    /** Prunes now and then until what was dropped is deleted. */
    void pruneUntilDeleted() throws Exception {
        prune();
        for (int day = 0; day < 4; day++) {
            clock.advance(Duration.ofDays(1));
            prune();
        }
    }

    /** Every restore point that is expected is there and whole, and the check finds nothing but packs that wait. */
    void assertSound() throws Exception {
        assertRestores();
        assertThat(new CheckRun(open(store), Progress.NONE)
                        .run(true).findings().stream()
                                .filter(finding -> !finding.toString().contains("in no index"))
                                .toList())
                .isEmpty();
    }

    /** Every restore point that is expected is there and whole. */
    void assertRestores() throws Exception {
        Repository repository = open(store);
        repository.loadIndex(Progress.NONE);
        Set<SnapshotId> found = new HashSet<>();
        for (FileInfo file : list(FileType.SNAPSHOTS)) {
            SnapshotId id = SnapshotId.parse(file.name());
            found.add(id);
            assertThat(PointContents.of(repository.reader(), repository.snapshot(id)))
                    .isEqualTo(expected.get(id));
        }
        assertThat(found).isEqualTo(expected.keySet());
    }

    /** Bytes of all packs. */
    long packBytes() {
        return list(FileType.DATA).stream().mapToLong(FileInfo::size).sum();
    }

    /** Bytes the blobs take that restore points need, each once. */
    long idealBytes() throws Exception {
        Repository repository = open(store);
        repository.loadIndex(Progress.NONE);
        Set<BlobHandle> used = new HashSet<>();
        for (SnapshotId id : expected.keySet()) {
            collect(repository, repository.snapshot(id).tree(), used);
        }
        return used.stream()
                .mapToLong(blob ->
                        repository.index().find(blob).orElseThrow().blob().length())
                .sum();
    }

    private static void collect(Repository repository, BlobId tree, Set<BlobHandle> used) throws Exception {
        if (used.add(BlobHandle.tree(tree))) {
            for (Node node : repository.reader().tree(tree).nodes()) {
                if (node.body() instanceof Node.DirBody dir) {
                    collect(repository, dir.subtree(), used);
                } else if (node.body() instanceof Node.FileBody file) {
                    file.content().forEach(chunk -> used.add(BlobHandle.data(chunk)));
                }
            }
        }
    }

    List<FileInfo> list(FileType type) {
        List<FileInfo> files = new ArrayList<>();
        store.list(type, files::add);
        return files;
    }
}
