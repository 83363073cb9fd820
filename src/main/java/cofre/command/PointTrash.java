package cofre.command;

import cofre.format.SnapshotId;
import cofre.state.PassedTime;
import cofre.state.Trash;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The forgotten points of one repository, and how long they can be brought back. Thread-safe.
 *
 * @param trash where they are
 * @param time by which their time runs out
 * @param stay how long they stay; zero for no longer than it takes to remove them
 */
record PointTrash(Trash trash, PassedTime time, Duration stay) {
    /** Keeps the record of a point that is about to be removed. */
    void keep(SnapshotId id, byte[] stored, Instant now) throws IOException {
        trash.put(new Trash.Forgotten(id, now, time.now().plus(stay), stored));
    }

    /** They were removed, as this host knows by now: where nothing stays, these go. */
    void removed(Collection<SnapshotId> ids) throws IOException {
        if (stay.isZero()) {
            for (SnapshotId id : ids) {
                trash.remove(id);
            }
        }
    }

    /** All there are. */
    List<Trash.Forgotten> list() throws IOException {
        return trash.list();
    }

    /** How long one has left; zero or less when prune may take what it needs. */
    Duration left(Trash.Forgotten one) throws IOException {
        return one.until().minus(time.now());
    }

    /** One is back, or cannot come back. */
    void remove(SnapshotId id) throws IOException {
        trash.remove(id);
    }
}
