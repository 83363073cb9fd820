package cofre.backup;

import cofre.chunk.Chunker;
import cofre.format.BlobId;
import cofre.format.Node;
import cofre.format.PackId;
import cofre.format.PointTags;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.BlobSink;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.RepositoryLock;
import cofre.repository.StoredSnapshot;
import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.storage.BackendException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Makes one restore point of one share. The order of its steps is what makes a kill at any moment harmless: the view is
 * frozen and held first; packs, index and record are on the store's stable storage in that order; what was written is
 * read back; only then is it remembered here, and only then is the hold on the older view released. A run that dies
 * leaves too much (packs, a held view), never too little, and the next run picks it up.
 *
 * <p>For one thread; an interrupt of it ends the run.
 */
public final class BackupRun {
    /**
     * What every run needs.
     *
     * @param chunkers makes a chunker with the repository's polynomial, one per thread
     * @param owners names of users and groups
     * @param origin who makes restore points
     * @param clock for the run's own times; the restore point's time is the view's
     * @param threads how many files are read, and chunks sealed, at once: 1 to {@link #MAX_THREADS}
     */
    public record Tools(Supplier<Chunker> chunkers, Owners owners, Origin origin, Clock clock, int threads) {}

    /**
     * What one run is about.
     *
     * @param share its name
     * @param source how to freeze it
     * @param request what to freeze
     * @param excludes what to leave out
     * @param runId names the run
     */
    public record Job(
            String share, SnapshotSource source, SnapshotSource.Request request, ExcludeRules excludes, String runId) {}

    /** What this host remembers of a run. */
    public interface Memory {
        /** Packs that runs on this host have begun to send to the repository and that may not be in an index. */
        List<PackId> packsBegun();

        /** The pack is about to be sent. */
        void packBegun(PackId pack);

        /**
         * A restore point is safely in the repository, and every pack begun is in an index. Returns when that is on stable
         * storage.
         */
        void committed(String share, SnapshotId snapshot, Frozen view);
    }

    /** More would take more memory than the daemon is given: each holds up to two chunks of 8 MiB. */
    public static final int MAX_THREADS = 8;

    private final Tools tools;
    private final Repository repository;
    private final Memory memory;
    private final Progress progress;

    /** A run against an opened repository. */
    public BackupRun(Tools tools, Repository repository, Memory memory, Progress progress) {
        this.tools = tools;
        this.repository = repository;
        this.memory = memory;
        this.progress = progress;
    }

    /** Freezes the share alone and makes the restore point. Whatever it throws, no restore point was made. */
    public BackupReport run(Job job)
            throws SourceException, BackendException, RepositoryException, InterruptedException {
        progress.phase("freezing");
        return run(job, job.source().freeze(List.of(job.request()), job.runId()).get(0));
    }

    /**
     * Makes the restore point from a view frozen already, perhaps together with others. The view is settled when all went
     * well and abandoned otherwise, and its handles are closed. Whatever it throws, no restore point was made.
     */
    public BackupReport run(Job job, Frozen view)
            throws SourceException, BackendException, RepositoryException, InterruptedException {
        Instant start = tools.clock().instant();
        BackupReport report;
        try (view) {
            report = writePoint(job, view, start);
            memory.committed(job.share(), report.snapshot(), view);
        } catch (SourceException
                | BackendException
                | RepositoryException
                | InterruptedException
                | RuntimeException
                | Error e) {
            abandon(job, view, e);
            throw e;
        }
        settle(job, view);
        return report;
    }

    /** What went wrong first is what has to be told. */
    private static void abandon(Job job, Frozen view, Throwable because) {
        try {
            job.source().abandon(view);
        } catch (SourceException | RuntimeException e) {
            because.addSuppressed(e);
        }
    }

    /** The restore point is made and remembered: older views that stay held cost space, no more, and the next run frees them. */
    private void settle(Job job, Frozen view) {
        try {
            job.source().settle(view);
        } catch (SourceException e) {
            progress.message(
                    Level.WARNING,
                    "the restore point is made, but older views are still held: " + e.getMessage()
                            + "; the next run lets go of them");
        }
    }

    private BackupReport writePoint(Job job, Frozen view, Instant start)
            throws SourceException, BackendException, RepositoryException, InterruptedException {
        try (RepositoryLock lock = repository.lockShared()) {
            progress.phase("comparing");
            Optional<StoredSnapshot> parent = parentOf(job, view);
            repository.loadIndex(progress);
            int adopted = repository.adopt(memory.packsBegun());
            if (adopted > 0) {
                progress.message(Level.INFO, adopted + " packs of an interrupted run are used");
            }
            repository.announcePacksTo(memory::packBegun);
            RunCounts counts = new RunCounts();
            Unreadable unreadable = new Unreadable(progress);
            try (BlobSink sink = repository.newSink(lock)) {
                progress.phase("reading");
                parent.flatMap(p -> p.snapshot().summary())
                        .ifPresent(s -> progress.total(s.totalFilesProcessed(), s.totalBytesProcessed()));
                BlobId tree = writeTree(job, view, parent, sink, counts, unreadable);
                progress.phase("finishing");
                sink.flush();
                view.verifyStillThere();
                lock.ensureValid();
                Snapshot snapshot = snapshot(job, view, parent, tree, summary(start, counts, sink.counts()));
                SnapshotId id = repository.saveSnapshot(snapshot);
                repository.readBack(id, snapshot);
                return new BackupReport(
                        job.share(),
                        id,
                        view.label(),
                        view.time(),
                        view.isConsistent(),
                        parent.map(StoredSnapshot::id),
                        snapshot.summary().orElseThrow(),
                        counts.bytesRead.get(),
                        unreadable.count(),
                        unreadable.first());
            }
        }
    }

    private Optional<StoredSnapshot> parentOf(Job job, Frozen view) throws BackendException {
        Optional<StoredSnapshot> parent = new ParentChoice(
                        job.share(), job.request().root(), tools.origin().hostname())
                .among(repository.snapshots(progress), view);
        progress.message(
                Level.INFO,
                parent.map(p -> "comparing with restore point " + p.id() + " of "
                                + p.snapshot().time().toInstant())
                        .orElse("no earlier restore point of this share: everything is read"));
        return parent;
    }

    private BlobId writeTree(
            Job job,
            Frozen view,
            Optional<StoredSnapshot> parent,
            BlobSink sink,
            RunCounts counts,
            Unreadable unreadable)
            throws SourceException, BackendException, RepositoryException, InterruptedException {
        RootPath rootPath = new RootPath(job.request().root(), repository.reader());
        Optional<Node> parentRoot =
                parent.isPresent() ? rootPath.find(parent.get().snapshot(), progress) : Optional.empty();
        RunFailure failure = new RunFailure();
        int threads = Math.min(MAX_THREADS, tools.threads());
        ExecutorService sealers = sealers(threads);
        Workers workers = new Workers("cofre-read", threads);
        TreeWriter writer = null;
        try {
            writer = new TreeWriter(
                    new TreeWriter.Tools(
                            repository.reader(),
                            sink,
                            workers,
                            readers(sink, sealers, threads, counts),
                            new Nodes(tools.owners()),
                            job.excludes(),
                            progress),
                    counts,
                    unreadable,
                    failure);
            SourceDir root = view.openRoot();
            Node node = writer.write(root, job.request().root(), rootPath.lastName(), parentRoot);
            return rootPath.wrap(node, sink);
        } finally {
            stop(workers, sealers, writer);
        }
    }

    private ThreadLocal<FileReader> readers(BlobSink sink, Executor sealers, int threads, RunCounts counts) {
        ChunkSaver saver = new ChunkSaver(sink, sealers, threads);
        return ThreadLocal.withInitial(() -> new FileReader(tools.chunkers().get(), saver, bytes -> {
            counts.bytesRead.addAndGet(bytes);
            progress.add(0, bytes);
        }));
    }

    private static ExecutorService sealers(int threads) {
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "cofre-seal");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static void stop(Workers workers, ExecutorService sealers, TreeWriter writer) {
        sealers.shutdownNow();
        if (workers.stop() && writer != null) {
            writer.close();
        } // else a thread hangs in a read: its directory stays open rather than become another file's number
    }

    private Snapshot snapshot(
            Job job, Frozen view, Optional<StoredSnapshot> parent, BlobId tree, Snapshot.Summary summary) {
        Origin origin = tools.origin();
        return new Snapshot(
                view.time().atZone(ZoneOffset.UTC),
                parent.map(StoredSnapshot::id),
                tree,
                List.of(job.request().root().toString()),
                origin.hostname(),
                origin.username(),
                origin.uid(),
                origin.gid(),
                job.excludes().patterns(),
                PointTags.of(job.share(), view.source().guid(), view.label()),
                Optional.empty(),
                origin.programVersion(),
                Optional.of(summary));
    }

    private Snapshot.Summary summary(Instant start, RunCounts counts, BlobSink.Counts stored) {
        ZonedDateTime end = tools.clock().instant().atZone(ZoneOffset.UTC);
        long files = counts.filesNew.get() + counts.filesChanged.get() + counts.filesUnmodified.get();
        return new Snapshot.Summary(
                start.atZone(ZoneOffset.UTC),
                end,
                counts.filesNew.get(),
                counts.filesChanged.get(),
                counts.filesUnmodified.get(),
                counts.dirsNew.get(),
                counts.dirsChanged.get(),
                counts.dirsUnmodified.get(),
                stored.dataBlobs(),
                stored.treeBlobs(),
                stored.plainBytes(),
                stored.packedBytes(),
                files,
                counts.bytesProcessed.get());
    }
}
