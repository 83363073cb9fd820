package cofre.restore;

import cofre.format.Metadata;
import cofre.path.RawName;
import cofre.path.RawPath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A directory of which something is still to come. When its last entry is done it gets its metadata (which writing into it
 * would change again) and counts as done for the directory above. Thread-safe.
 */
final class OpenDir {
    /**
     * What all directories of a run are finished by.
     *
     * @param tally counts
     * @param verifier null when nothing is to be verified
     * @param dryRun whether nothing is to be written
     */
    record Finish(Tally tally, Verifier verifier, boolean dryRun) {}

    private final OpenDir above;
    private final RawName name;
    private final TargetDir target;
    private final Metadata metadata;
    private final Finish finish;
    private final AtomicInteger pending = new AtomicInteger(1); // being listed

    /**
     * @param above null for the top
     * @param name null for the top
     * @param target null when it is not there in a dry run
     * @param metadata null when it is not to be set
     */
    OpenDir(OpenDir above, RawName name, TargetDir target, Metadata metadata, Finish finish) {
        this.above = above;
        this.name = name;
        this.target = target;
        this.metadata = metadata;
        this.finish = finish;
    }

    /** Empty when it is not there, in a dry run. */
    Optional<TargetDir> target() {
        return Optional.ofNullable(target);
    }

    /** Built on demand: a deep tree would else hold each of its paths. */
    RawPath path() {
        Deque<RawName> names = new ArrayDeque<>();
        for (OpenDir at = this; at.above != null; at = at.above) {
            names.addFirst(at.name);
        }
        return new RawPath(names.stream().toList());
    }

    RawPath path(RawName entry) {
        return path().resolve(entry);
    }

    /** One more entry is to come. */
    void expect() {
        pending.incrementAndGet();
    }

    /** An entry, or the listing, is done. */
    void done() throws TargetException {
        for (OpenDir at = this; at != null && at.pending.decrementAndGet() == 0; at = at.above) {
            at.finish();
        }
    }

    private void finish() throws TargetException {
        if (metadata != null) {
            finish.tally().directories.incrementAndGet();
        }
        if (target == null) {
            return;
        }
        try {
            if (metadata != null && !finish.dryRun()) {
                setMetadata();
            }
        } catch (TargetException.Entry e) {
            finish.tally().failed(path(), e.getMessage());
        } finally {
            target.release();
        }
    }

    private void setMetadata() throws TargetException {
        finish.tally().lacking(target.adjust(metadata));
        if (finish.verifier() != null) {
            finish.verifier().directory(target, metadata);
        }
    }
}
