package cofre.backup;

import cofre.format.SnapshotId;
import cofre.source.SourceException;

/** One way of making a share's tree: what is looked at, and what the next run learns from it. For the walking thread. */
interface Approach extends AutoCloseable {
    Scope scope();

    Findings findings();

    /** How it finds out what changed. */
    Detection.Method method();

    /** Why this way was taken, or what it found: a part of a sentence. */
    String why();

    /** How many entries were found changed that nothing had told of. */
    long surprises();

    /**
     * Makes sure, when the tree is made, that nothing that changed was passed over.
     *
     * @throws SourceException.ChangesUnknown when something may have been: then the tree is of no use
     */
    void ensureComplete() throws SourceException;

    /** The restore point is safe: keeps what the next run needs. What cannot be kept costs time, no more. */
    void commit(SnapshotId point, String viewId);

    /** Lets go of what it had open. */
    @Override
    void close();
}
