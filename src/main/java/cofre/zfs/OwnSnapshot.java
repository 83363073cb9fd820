package cofre.zfs;

import java.time.Instant;

/**
 * A snapshot that this program took.
 *
 * @param label {@code tank/obras@cofre-20261121T101500Z}
 * @param dataset name of its dataset
 * @param guid what identifies it for ever, in decimal
 * @param createTxg the pool's transaction group it was made in: grows with every snapshot, whatever the clock says
 * @param time the moment it shows, whole seconds: ZFS's own {@code creation}
 * @param runId the run it was taken for
 * @param holds number of holds on it, of whomever
 * @param isHeldByUs whether one of them is ours
 */
public record OwnSnapshot(
        String label,
        String dataset,
        String guid,
        long createTxg,
        Instant time,
        String runId,
        long holds,
        boolean isHeldByUs) {
    /** The part behind the {@code @}: the directory's name below {@code .zfs/snapshot}. */
    public String name() {
        return label.substring(dataset.length() + 1);
    }
}
