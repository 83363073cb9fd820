package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.PointTags;
import cofre.format.SnapshotId;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.CheckRun;
import cofre.repository.Engine;
import cofre.repository.OrderedStore;
import cofre.repository.Reopened;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.StoredSnapshot;
import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.CrashPoint;
import cofre.testkit.CrashingBackend;
import cofre.testkit.CrashingMemory;
import cofre.testkit.CrashingSource;
import cofre.testkit.Engines;
import cofre.testkit.MemoryBackend;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.OrderAssertingBackend;
import cofre.testkit.PointContents;
import cofre.testkit.SettableClock;
import cofre.testkit.StoreBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file server, a store and what the host remembers: what outlives a process. Processes come and go; each sees the world
 * through ports at which it may die. The order of writes is asserted for all of them.
 */
final class CrashWorld {
    static final String PATH = "/tank/obras";
    static final int BIG = 5 << 20;

    final MemoryBackend store = MemoryBackend.ready();
    final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    final MemorySource source = new MemorySource(clock);
    final MemoryNode live = source.tree("tank/obras");
    final RememberingHost memory = new RememberingHost();

    /** By view label, what a restore point made from it must hold. */
    final Map<String, SortedMap<String, String>> expected = new HashMap<>();

    private final AtomicLong pid = new AtomicLong(1000);
    private final Repository first;
    private final OrderAssertingBackend ordered;

    CrashWorld() throws Exception {
        first = new Repositories(Engines.engine(clock)).init(store, Engines.password());
        ordered = OrderedStore.over(store, first);
    }

    /** Remembers as a host does, and asserts that what it is told is true. */
    final class RememberingHost implements BackupRun.Memory {
        private final Engines.HostMemory inner = new Engines.HostMemory();

        @Override
        public List<cofre.format.PackId> packsBegun() {
            return inner.packsBegun();
        }

        @Override
        public void packBegun(cofre.format.PackId pack) {
            assertThat(store.names()).doesNotContain("data/" + pack.hex());
            inner.packBegun(pack);
        }

        @Override
        public void committed(String share, LastRun run, Frozen view) {
            assertThat(store.names()).contains("snapshots/" + run.point().hex());
            assertThat(source.settled()).doesNotContain(view.viewId());
            inner.committed(share, run, view);
        }

        List<SnapshotId> points() {
            return inner.points();
        }
    }

    void fill() {
        live.file(cofre.path.RawName.ofText("big"), StoreBytes.random(BIG, 1));
        live.dir("papers").file("a.txt", "one");
        live.dir("papers").dir("old").file("b.txt", "two");
        live.symlink("link", "papers/a.txt");
        live.file("empty", "");
    }

    void change() {
        clock.advance(Duration.ofHours(1));
        live.dir("papers").child("a.txt").write("one, changed".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        live.file(cofre.path.RawName.ofText("second"), StoreBytes.random(BIG, 2));
        live.dir("papers").dir("old").remove("b.txt");
    }

    /** A new process that sees the world through {@code point} makes a restore point. */
    BackupReport run(CrashPoint point) throws Exception {
        Repository repository = open(point);
        SnapshotSource.Request request = new SnapshotSource.Request("obras", "tank/obras", RawPath.ofDisplay(PATH));
        expected.put("tank/obras@view-" + (7000 + views()), PointContents.of(live, PATH));
        return new BackupRun(
                        Engines.tools(repository, clock), repository, new CrashingMemory(memory, point), Progress.NONE)
                .run(new BackupRun.Job(
                        "obras", new CrashingSource(counted(), point), request, ExcludeRules.none(), "run-" + pid));
    }

    /** The same without a word from the order of writes: that assertion walks trees with the stack. */
    BackupReport runUnasserted() throws Exception {
        return run(store, Progress.NONE);
    }

    BackupReport run(cofre.storage.Backend backend, Progress progress) throws Exception {
        long self = pid.incrementAndGet();
        Repository repository = Reopened.of(first, backend, Engines.engine(clock, self, other -> other == self));
        SnapshotSource.Request request = new SnapshotSource.Request("obras", "tank/obras", RawPath.ofDisplay(PATH));
        return new BackupRun(Engines.tools(repository, clock), repository, memory, progress)
                .run(new BackupRun.Job("obras", counted(), request, ExcludeRules.none(), "run-" + self));
    }

    private int frozen;

    private int views() {
        return frozen;
    }

    private SnapshotSource counted() {
        return new SnapshotSource() {
            @Override
            public cofre.source.SourceId identify(Request request) throws cofre.source.SourceException {
                return source.identify(request);
            }

            @Override
            public List<Frozen> freeze(List<Request> requests, String runId) throws cofre.source.SourceException {
                frozen++;
                FutureTask<List<Frozen>> copying = new FutureTask<>(() -> source.freeze(requests, runId));
                new Thread(null, copying, "freeze", 64L << 20).start(); // the model copies deep trees with the stack
                try {
                    return copying.get();
                } catch (InterruptedException | ExecutionException e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public void settle(Frozen committed) {
                assertThat(committed.label()).isEqualTo(lastCommittedLabel());
                source.settle(committed);
            }

            @Override
            public void abandon(Frozen failed) {
                source.abandon(failed);
            }
        };
    }

    private String lastCommittedLabel() {
        try {
            SnapshotId last = memory.points().get(memory.points().size() - 1);
            return PointTags.zfsSnapshot(open(CrashPoint.never()).snapshot(last));
        } catch (cofre.storage.BackendException | cofre.repository.RepositoryException e) {
            throw new AssertionError("what was committed cannot be read", e);
        }
    }

    Repository open(CrashPoint point) {
        long self = pid.incrementAndGet();
        Engine engine = Engines.engine(clock, self, other -> other == self); // all earlier processes are dead
        return Reopened.of(first, new CrashingBackend(ordered, point), engine);
    }

    /** Whatever happened: each restore point in the store is whole and right, and those the host knows of are there. */
    void assertSound() throws Exception {
        Repository repository = open(CrashPoint.never());
        List<StoredSnapshot> points = repository.snapshots(Progress.NONE);
        repository.loadIndex(Progress.NONE);
        assertThat(points.stream().map(StoredSnapshot::id).toList()).containsAll(memory.points());
        for (StoredSnapshot point : points) {
            assertThat(PointContents.of(repository.reader(), point.snapshot()))
                    .isEqualTo(expected.get(PointTags.zfsSnapshot(point.snapshot())));
        }
        CheckRun.Report report = new CheckRun(repository, Progress.NONE).run(true);
        assertThat(report.findings().stream()
                        .filter(finding -> !finding.toString().contains("in no index"))
                        .toList())
                .isEmpty();
        assertThat(report.points()).isEqualTo(points.size());
    }

    /** After a run that went through: nothing is left over of those that did not. */
    void assertTidy() throws Exception {
        assertSound();
        assertThat(names(FileType.LOCKS)).isEmpty();
        Repository repository = open(CrashPoint.never());
        repository.loadIndex(Progress.NONE);
        assertThat(repository.index().packs()).hasSameSizeAs(names(FileType.DATA));
        repository
                .index()
                .forEach((blob, place) -> assertThat(repository.index().findAll(blob))
                        .as("%s is kept once: no finished pack was sent again", blob)
                        .hasSize(1));
    }

    List<FileHandle> names(FileType type) {
        List<FileHandle> files = new ArrayList<>();
        store.list(type, file -> files.add(new FileHandle(type, file.name())));
        return files;
    }
}
