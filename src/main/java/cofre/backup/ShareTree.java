package cofre.backup;

import cofre.change.Catalogue;
import cofre.change.CatalogueException;
import cofre.format.Node;
import cofre.format.PointTags;
import cofre.format.RightsModel;
import cofre.format.Snapshot;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.BlobReader;
import cofre.repository.BlobSink;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.StoredSnapshot;
import cofre.source.Frozen;
import cofre.source.SourceException;
import cofre.storage.BackendException;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes a share's tree in the way that costs least, and by a walk whenever anything else might have missed something.
 * For one run.
 */
final class ShareTree implements AutoCloseable {
    /**
     * What there is to work with.
     *
     * @param rights whose rights can be read of every entry of the view
     * @param now when the run began
     * @param doubt why everything has to be looked at, whatever is known of changes; empty when it has not
     */
    record Parts(
            BackupRun.Job job,
            Frozen view,
            Optional<StoredSnapshot> parent,
            Optional<Node> parentRoot,
            Repository repository,
            BlobSink sink,
            Nodes nodes,
            RightsModel rights,
            Instant now,
            Optional<String> doubt,
            Progress progress) {
        /** Whether the parent was made keeping the same metadata of every entry. */
        boolean parentKeepsTheSame() {
            return parent.isPresent() && PointTags.rights(parent.get().snapshot()) == rights;
        }

        /** POSIX ACLs are extended attributes, which every restore point has, whoever made it. */
        TreeMaker.Before before() {
            return new TreeMaker.Before(parentRoot, rights != RightsModel.NFS4 || parentKeepsTheSame());
        }
    }

    /**
     * The tree.
     *
     * @param files how many regular files are in it
     * @param bytes how long they are together
     */
    record Result(Node root, RunCounts counts, Unreadable unreadable, long files, long bytes, Detection detection) {}

    private final Parts parts;
    private final TreeMaker maker;
    private Optional<Approach> open = Optional.empty();

    ShareTree(Parts parts, TreeMaker maker) {
        this.parts = parts;
        this.maker = maker;
    }

    /** Makes it. What the next run needs is kept by {@link #commit}. */
    Result make() throws SourceException, BackendException, RepositoryException, InterruptedException {
        if (parts.doubt.isPresent()) {
            return walk(parts.doubt.get());
        }
        if (parts.job.tracking().isEmpty()) {
            return walk("nothing tells what changed in a " + (parts.view.isConsistent() ? "source" : "plain directory")
                    + " of this kind");
        }
        Tracking tracking = parts.job.tracking().get();
        ChangeChoice choice = new ChangeChoice(parts, tracking);
        Optional<ChangeApproach> found = choice.find();
        if (found.isEmpty()) {
            return walk(choice.reason());
        }
        open = Optional.of(found.get());
        try {
            return byChanges(found.get(), tracking);
        } catch (SourceException.ChangesUnknown e) {
            close();
            return walk(e.getMessage());
        }
    }

    private Result byChanges(ChangeApproach approach, Tracking tracking)
            throws SourceException, BackendException, RepositoryException, InterruptedException {
        say(approach.method().text() + ": " + approach.why());
        TreeMaker.Made made = maker.make(parts.job, parts.view, approach, parts.before(), parts.sink);
        approach.ensureComplete();
        BlobReader reader = parts.repository.reader();
        if (reader.hasMetDamage()) {
            throw new SourceException.ChangesUnknown("directories of the last restore point are damaged", null);
        }
        Detection before = tracking.last().orElseThrow().detection().by(approach.method(), approach.why());
        if (tracking.rules().isAuditDue(before, approach.method(), parts.now)) {
            return audit(made, approach, before);
        }
        made.departures().count(reader);
        Snapshot.Summary was = parts.parent.orElseThrow().snapshot().summary().orElseThrow();
        RunCounts counts = made.counts();
        long files = was.totalFilesProcessed() - made.departures().files() + counts.files();
        long bytes = was.totalBytesProcessed() - made.departures().bytes() + counts.bytesProcessed.get();
        counts.filesUnmodified.set(Math.max(0, files - counts.filesNew.get() - counts.filesChanged.get()));
        Detection detection = before;
        if (approach.part().isPresent()) {
            detection = before.partAudited(
                    parts.now, approach.part().get(), approach.surprises(), distrust(approach.surprises(), approach));
        } else if (approach.surprises() > 0) {
            detection = before.missed(approach.surprises(), distrust(approach.surprises(), approach));
        }
        return new Result(made.root(), counts, made.unreadable(), files, bytes, detection);
    }

    /** Walks as well, and compares with what the changes told of. What the walk says is what is kept. */
    private Result audit(TreeMaker.Made told, ChangeApproach approach, Detection before)
            throws SourceException, BackendException, RepositoryException, InterruptedException {
        say("audit: everything is looked at as well");
        long surprises = approach.surprises();
        close();
        parts.sink.flush(); // the walk compares with directories that were just saved
        WalkApproach walk = walkApproach();
        open = Optional.of(walk);
        TreeMaker.Made seen = maker.make(
                parts.job, parts.view, walk, new TreeMaker.Before(Optional.of(told.root()), true), parts.sink);
        RunCounts counts = told.counts();
        RunCounts differences = seen.counts();
        long missed = surprises;
        if (!seen.root().equals(told.root())) {
            // Every directory above a difference differs as well, and is none: only what is certain is counted.
            missed += Math.max(
                    1, differences.filesNew.get() + differences.filesChanged.get() + differences.dirsNew.get());
            parts.progress.message(
                    Level.ERROR,
                    "audit: " + missed + " entries had changed although "
                            + approach.method().text()
                            + " did not tell; they are backed up now; from now on the share is walked; look into it,"
                            + " then run: cofre trust " + parts.job.share());
        }
        counts.filesNew.addAndGet(differences.filesNew.get());
        counts.filesChanged.addAndGet(differences.filesChanged.get());
        counts.bytesRead.addAndGet(differences.bytesRead.get());
        counts.looks.addAndGet(differences.looks.get());
        long files = differences.files();
        counts.filesUnmodified.set(Math.max(0, files - counts.filesNew.get() - counts.filesChanged.get()));
        return new Result(
                seen.root(),
                counts,
                seen.unreadable(),
                files,
                differences.bytesProcessed.get(),
                before.audited(parts.now, missed, distrust(missed, approach)));
    }

    private String distrust(long missed, ChangeApproach approach) {
        return missed == 0
                ? ""
                : missed + " entries had changed at " + parts.view.time() + " although "
                        + approach.method().text() + " did not tell";
    }

    private Result walk(String why)
            throws SourceException, BackendException, RepositoryException, InterruptedException {
        say("walk: " + why);
        WalkApproach approach = walkApproach();
        open = Optional.of(approach);
        TreeMaker.Made made = maker.make(parts.job, parts.view, approach, parts.before(), parts.sink);
        Detection last = parts.job
                .tracking()
                .flatMap(Tracking::last)
                .map(LastRun::detection)
                .orElse(Detection.NONE);
        return new Result(
                made.root(),
                made.counts(),
                made.unreadable(),
                made.counts().files(),
                made.counts().bytesProcessed.get(),
                last.by(Detection.Method.WALK, why).walked(parts.now));
    }

    private WalkApproach walkApproach() {
        return new WalkApproach(parts.job.tracking().flatMap(this::newCatalogue), parts.progress);
    }

    private Optional<Catalogue> newCatalogue(Tracking tracking) {
        try {
            Catalogue catalogue = tracking.catalogue().create();
            catalogue.begin(parts.view.time());
            return Optional.of(catalogue);
        } catch (CatalogueException e) {
            parts.progress.message(Level.WARNING, "the next run has to look at everything as well: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void say(String sentence) {
        parts.progress.message(Level.INFO, sentence);
    }

    /** The restore point is safe: keeps what the next run needs. */
    void commit(cofre.format.SnapshotId point) {
        open.ifPresent(approach -> approach.commit(point, parts.view.viewId()));
    }

    @Override
    public void close() {
        open.ifPresent(Approach::close);
        open = Optional.empty();
    }
}
