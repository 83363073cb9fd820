package cofre.restore;

import cofre.format.Metadata;
import cofre.format.Snapshot;
import cofre.path.RawPath;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.BlobReader;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.RepositoryLock;
import cofre.storage.BackendException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings a restore point, or parts of one, back to files. Only whole files get their names; what cannot be had is
 * reported and the rest goes on; nothing is deleted but what is in the way of something restored. A run that dies leaves
 * partials that the next run of the same restore removes.
 *
 * <p>Memory: the repository's index, and for each thread a part of a pack and a blob (some 25 MB at most), and two
 * batches of entries (some 40 MB); it does not grow with the point. What is written is not forced to the disk: a machine
 * that loses power while or right after it restores should restore again.
 *
 * <p>For one thread; an interrupt of it ends the run.
 */
public final class RestoreRun {
    /** How many digits of the point's id mark its partials. */
    private static final int LABEL_LENGTH = 12;

    private final Repository repository;
    private final Progress progress;
    private final int threads;

    /**
     * A run against an opened repository.
     *
     * @param threads how many parts of packs are fetched, opened and written at once, at least 1: for a store on this
     *     machine its number of processors (more only wait for each other's directories), for one behind a line as many
     *     as hide its latency
     */
    public RestoreRun(Repository repository, Progress progress, int threads) {
        this.repository = repository;
        this.progress = progress;
        this.threads = threads;
    }

    /**
     * Restores. The target is closed by whoever opened it.
     *
     * @throws PointException.NoSuchPath when a chosen path is not in the point; nothing was written then
     * @throws BackendException when the store cannot be asked; what was restored until then stays
     * @throws TargetException when the target cannot be used at all, or is full; what was restored until then stays
     */
    public RestoreReport run(RestoreRequest request, RestoreTarget target)
            throws BackendException, RepositoryException, TargetException, PointException, InterruptedException {
        progress.phase("locking");
        Optional<RepositoryLock> lock = request.dryRun() ? Optional.empty() : lock();
        try {
            return restore(request, target);
        } finally {
            lock.ifPresent(RepositoryLock::close);
        }
    }

    /** A store that may only be read cannot be locked, and is the one that most needs to be restored from. */
    private Optional<RepositoryLock> lock() throws BackendException, RepositoryException, InterruptedException {
        try {
            return Optional.of(repository.lockShared());
        } catch (BackendException.Refused | BackendException.NoSpace e) {
            progress.message(
                    Level.WARNING,
                    "restoring without a lock: " + e.getMessage() + "; do not prune the repository meanwhile");
            return Optional.empty();
        }
    }

    private RestoreReport restore(RestoreRequest request, RestoreTarget target)
            throws BackendException, RepositoryException, TargetException, PointException, InterruptedException {
        Snapshot point = repository.snapshot(request.point());
        progress.phase("loading index");
        repository.loadIndex(progress);
        BlobReader reader = repository.reader();
        PointPaths paths = new PointPaths(point, reader);
        PointPaths.Place start = request.fullPaths() ? paths.top() : paths.root();
        Selection selection = selection(request, paths, start);
        progress.phase("restoring");
        if (request.paths().isEmpty()) {
            point.summary().ifPresent(s -> progress.total(s.totalFilesProcessed(), s.totalBytesProcessed()));
        }
        Optional<TargetDir> root = openRoot(request, target);
        Tally tally = new Tally(progress);
        walk(request, reader, tally, start, root, selection);
        return tally.report(request, target.location());
    }

    private static Optional<TargetDir> openRoot(RestoreRequest request, RestoreTarget target) throws TargetException {
        return request.dryRun()
                ? target.lookAtRoot()
                : Optional.of(target.openRoot(request.point().hex().substring(0, LABEL_LENGTH)));
    }

    private static Selection selection(RestoreRequest request, PointPaths paths, PointPaths.Place start)
            throws BackendException, RepositoryException, PointException {
        List<RawPath> below = new ArrayList<>();
        int depth = start.path().names().size();
        for (RawPath path : request.paths()) {
            paths.node(path);
            if (start.path().startsWith(path)) {
                return Selection.ALL;
            }
            if (!path.startsWith(start.path())) {
                throw new PointException.NoSuchPath("cannot restore \"" + path + "\": it is outside of \""
                        + start.path() + "\", the point's own directory; nothing was restored; ask for full paths");
            }
            below.add(new RawPath(path.names().subList(depth, path.names().size())));
        }
        return Selection.of(below);
    }

    private void walk(
            RestoreRequest request,
            BlobReader reader,
            Tally tally,
            PointPaths.Place start,
            Optional<TargetDir> root,
            Selection selection)
            throws BackendException, RepositoryException, TargetException, InterruptedException {
        RunStop stop = new RunStop();
        Verifier verifier = new Verifier(reader, tally);
        boolean verify = request.verify() && !request.dryRun();
        Metadata rootMetadata = isFresh(root) && selection.isWhole()
                ? start.node().map(node -> node.metadata()).orElse(null)
                : null;
        Crew crew = new Crew(threads, stop);
        try (Batches batches = new Batches(crew, stop, tally, reader, verify ? verifier : null);
                crew; // closed before the batches: nobody writes any more when partials are removed
                TreeAhead ahead = new TreeAhead(reader)) {
            new TreeWalk(request, reader, tally, verifier, batches, ahead)
                    .run(start.tree(), root.orElse(null), rootMetadata, selection);
        }
    }

    /** Somebody's own directory keeps its owner and mode; one that was made or given for this gets the share's. */
    private static boolean isFresh(Optional<TargetDir> root) throws TargetException {
        return root.isEmpty() || root.get().isNew() || root.get().list().isEmpty();
    }
}
