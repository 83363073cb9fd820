package cofre.backup;

import cofre.change.Accounting;
import cofre.change.Catalogue;
import cofre.change.CatalogueException;
import cofre.change.Changes;
import cofre.change.EditLog;
import cofre.change.ObjectSet;
import cofre.format.SnapshotId;
import cofre.path.RawPath;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.source.SourceException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at what changed since the last run, by the changes that were told and the catalogue that run left. */
final class ChangeApproach implements Approach, Findings {
    /**
     * What it works with.
     *
     * @param catalogue of the parent restore point; edited only by {@link #commit}
     * @param shown the moment the new view shows
     * @param part the part of the share that is looked at besides
     */
    record Parts(
            Detection.Method method,
            String why,
            Catalogue catalogue,
            Changes changes,
            ChangeScope scope,
            Accounting accounting,
            EditLog edits,
            Instant shown,
            Optional<Integer> part,
            Progress progress) {}

    private final Parts parts;
    private final Set<Long> unfinished = ConcurrentHashMap.newKeySet();
    private long surprises;
    private IOException broken;

    ChangeApproach(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Scope scope() {
        return parts.scope;
    }

    @Override
    public Findings findings() {
        return this;
    }

    /** How it finds out what changed. */
    Detection.Method method() {
        return parts.method;
    }

    /** What it found, or why this way was taken: a part of a sentence. */
    String why() {
        return parts.why;
    }

    /** The part of the share that is looked at besides. */
    Optional<Integer> part() {
        return parts.part;
    }

    /** How many entries were found changed that nothing had told of. */
    long surprises() {
        return surprises;
    }

    @Override
    public void seen(long object) {
        parts.accounting.seen(object);
    }

    @Override
    public void leftOut(long object) {
        parts.accounting.leftOut(object);
    }

    private interface Edit {
        void make() throws IOException;
    }

    /** A log that cannot be written costs the next run a walk, not this one its restore point. */
    private void log(Edit edit) {
        if (broken == null) {
            try {
                edit.make();
            } catch (IOException e) {
                broken = e;
            }
        }
    }

    @Override
    public void joined(long object, long directory, Instant ctime) {
        log(() -> parts.edits.joined(object, directory, ctime));
    }

    @Override
    public void left(long object, long directory) {
        log(() -> parts.edits.left(object, directory));
    }

    @Override
    public void touched(long object, Instant ctime) {
        log(() -> parts.edits.touched(object, ctime));
    }

    @Override
    public void unfinished(long directory) {
        unfinished.add(directory);
    }

    @Override
    public void surprised(RawPath path) {
        surprises++;
        parts.progress.message(
                Level.ERROR, path + ": changed, but " + parts.method.text() + " did not tell; it is backed up now");
    }

    /**
     * Makes sure, when the tree is made, that nothing that changed was passed over.
     *
     * @throws SourceException.ChangesUnknown when something may have been: then the tree is of no use
     */
    void ensureComplete() throws SourceException {
        ObjectSet missing = parts.accounting.unexplained();
        if (!missing.isEmpty()) {
            throw new SourceException.ChangesUnknown(
                    missing.size() + " changed objects, the first of them " + missing.next(0)
                            + ", were found in no directory",
                    null);
        }
    }

    @Override
    public void commit(SnapshotId point, String viewId) {
        Catalogue catalogue = parts.catalogue;
        try {
            if (broken != null) {
                throw broken;
            }
            catalogue.begin(parts.shown);
            parts.changes.freed(catalogue::forgetRange);
            parts.changes.strangers().forEach(catalogue::forget);
            parts.edits.applyTo(catalogue);
            catalogue.listAgain(List.copyOf(unfinished));
            catalogue.commit(point.hex(), viewId);
        } catch (CatalogueException | IOException e) {
            parts.progress.message(Level.WARNING, "the next run has to look at everything: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        parts.catalogue.close();
        try {
            parts.edits.close();
        } catch (IOException e) {
            parts.progress.message(Level.INFO, "cannot remove a temporary file: " + e.getMessage());
        }
    }
}
