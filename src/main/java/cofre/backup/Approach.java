package cofre.backup;

import cofre.format.SnapshotId;

/** One way of making a share's tree: what is looked at, and what the next run learns from it. For the walking thread. */
interface Approach extends AutoCloseable {
    Scope scope();

    Findings findings();

    /** The restore point is safe: keeps what the next run needs. What cannot be kept costs time, no more. */
    void commit(SnapshotId point, String viewId);

    /** Lets go of what it had open. */
    @Override
    void close();
}
