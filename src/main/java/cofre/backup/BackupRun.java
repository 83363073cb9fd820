package cofre.backup;

import cofre.chunk.Chunker;
import cofre.format.BadCopy;
import cofre.format.BlobId;
import cofre.format.Node;
import cofre.format.PackId;
import cofre.format.PointTags;
import cofre.format.RightsModel;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
     * @param tracking what is needed to look only at what changed; without, everything is looked at
     */
    public record Job(
            String share,
            SnapshotSource source,
            SnapshotSource.Request request,
            ExcludeRules excludes,
            String runId,
            Optional<Tracking> tracking) {
        /** A run that looks at everything. */
        public Job(
                String share,
                SnapshotSource source,
                SnapshotSource.Request request,
                ExcludeRules excludes,
                String runId) {
            this(share, source, request, excludes, runId, Optional.empty());
        }
    }

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
        void committed(String share, LastRun run, Frozen view);

        /** Copies of blobs of the repository that are known to be bad. */
        default Set<BadCopy> badCopies() {
            return Set.of();
        }

        /** Those of them that were found since the share was last gone over because of such. */
        default Set<BadCopy> badCopiesSince(String share) {
            return Set.of();
        }

        /** All of the share was looked at with these in mind, and its restore point is safely in the repository. */
        default void goneOver(String share, Set<BadCopy> copies) {}
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
        try (RepositoryLock lock = repository.lockToAdd()) {
            progress.phase("comparing");
            Optional<StoredSnapshot> parent = parentOf(job, view);
            repository.loadIndex(progress);
            int adopted = repository.adopt(memory.packsBegun());
            if (adopted > 0) {
                progress.message(Level.INFO, adopted + " packs of an interrupted run are used");
            }
            repository.announcePacksTo(memory::packBegun);
            Healing healing = new Healing(job.share(), repository, memory, progress);
            try (BlobSink sink = repository.newSink(lock)) {
                progress.phase("reading");
                parent.flatMap(p -> p.snapshot().summary())
                        .ifPresent(s -> progress.total(s.totalFilesProcessed(), s.totalBytesProcessed()));
                BackupReport report = writePoint(job, view, start, parent, sink, lock, healing);
                healing.done();
                return report;
            }
        }
    }

    private BackupReport writePoint(
            Job job,
            Frozen view,
            Instant start,
            Optional<StoredSnapshot> parent,
            BlobSink sink,
            RepositoryLock lock,
            Healing healing)
            throws SourceException, BackendException, RepositoryException, InterruptedException {
        RootPath rootPath = new RootPath(job.request().root(), repository.reader());
        Optional<Node> parentRoot =
                parent.isPresent() ? rootPath.find(parent.get().snapshot(), progress) : Optional.empty();
        Nodes nodes = new Nodes(tools.owners());
        RightsModel rights = rightsIn(view);
        ShareTree.Parts parts = new ShareTree.Parts(
                job, view, parent, parentRoot, repository, sink, nodes, rights, start, healing.why(), progress);
        try (ShareTree share = new ShareTree(parts, new TreeMaker(tools, repository, nodes, progress))) {
            ShareTree.Result made = share.make();
            tellOfMissingRights(nodes);
            BlobId tree = rootPath.wrap(made.root(), sink);
            progress.phase("finishing");
            sink.flush();
            view.verifyStillThere();
            lock.ensureValid();
            Snapshot snapshot = snapshot(job, view, parent, rights, tree, summary(start, made, sink.counts()));
            SnapshotId id = repository.saveSnapshot(snapshot);
            repository.readBack(id, snapshot);
            share.commit(id);
            memory.committed(job.share(), lastRun(id, view, nodes, made), view);
            return report(job, view, parent, snapshot, id, made);
        }
    }

    /** Their content is kept; whoever looks at them in a version, or restores them, finds them closed. */
    private void tellOfMissingRights(Nodes nodes) {
        if (nodes.withoutRights() > 0) {
            progress.message(
                    Level.WARNING,
                    "cannot read the access control lists of " + nodes.withoutRights()
                            + " entries vs of all; their content is kept, for their owners and root only; see the"
                            + " system's log, and touch them when that is mended");
        }
    }

    private static RightsModel rightsIn(Frozen view) throws SourceException {
        try (SourceDir root = view.openRoot()) {
            return root.rights();
        }
    }

    private LastRun lastRun(SnapshotId id, Frozen view, Nodes nodes, ShareTree.Result made) {
        return new LastRun(
                id, view.source().identity(), view.viewId(), repository.indexFiles(), nodes.owners(), made.detection());
    }

    private static BackupReport report(
            Job job,
            Frozen view,
            Optional<StoredSnapshot> parent,
            Snapshot snapshot,
            SnapshotId id,
            ShareTree.Result made) {
        return new BackupReport(
                job.share(),
                id,
                view.label(),
                view.time(),
                view.isConsistent(),
                parent.map(StoredSnapshot::id),
                snapshot.summary().orElseThrow(),
                made.counts().bytesRead.get(),
                made.counts().looks.get(),
                made.counts().dirsVisited.get(),
                made.unreadable().count(),
                made.unreadable().first(),
                made.detection());
    }

    /** What this host remembers decides, where it is still there: what changed is known since that one. */
    private Optional<StoredSnapshot> parentOf(Job job, Frozen view) throws BackendException {
        Collection<StoredSnapshot> points = repository.snapshots(progress);
        ParentChoice choice = new ParentChoice(
                job.share(), job.request().root(), tools.origin().hostname());
        Optional<SnapshotId> last = job.tracking().flatMap(Tracking::last).map(LastRun::point);
        Optional<StoredSnapshot> parent = choice.among(
                        points.stream()
                                .filter(p -> last.equals(Optional.of(p.id())))
                                .toList(),
                        view)
                .or(() -> choice.among(points, view));
        progress.message(
                Level.INFO,
                parent.map(p -> "comparing with restore point " + p.id() + " of "
                                + p.snapshot().time().toInstant())
                        .orElse("no earlier restore point of this share: everything is read"));
        return parent;
    }

    private Snapshot snapshot(
            Job job,
            Frozen view,
            Optional<StoredSnapshot> parent,
            RightsModel rights,
            BlobId tree,
            Snapshot.Summary summary) {
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
                PointTags.of(job.share(), view.source().guid(), view.label(), rights),
                Optional.empty(),
                origin.programVersion(),
                Optional.of(summary));
    }

    private Snapshot.Summary summary(Instant start, ShareTree.Result made, BlobSink.Counts stored) {
        ZonedDateTime end = tools.clock().instant().atZone(ZoneOffset.UTC);
        RunCounts counts = made.counts();
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
                made.files(),
                made.bytes());
    }
}
