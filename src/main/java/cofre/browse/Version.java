package cofre.browse;

import cofre.format.BlobId;
import cofre.format.RightsModel;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.path.RawName;
import cofre.path.RawPath;
import java.time.Instant;
import java.util.Optional;

/**
 * One restore point of one share, to be shown.
 *
 * @param name of its directory: the short id
 * @param id the restore point
 * @param time when the content was so
 * @param tree the restore point's top tree
 * @param inside where in it the share's root is
 * @param rights which rights the point has kept
 * @param repository the name of the repository that holds it
 * @param totals what it holds, as far as the point says
 */
public record Version(
        RawName name,
        SnapshotId id,
        Instant time,
        BlobId tree,
        Inside inside,
        RightsModel rights,
        String repository,
        VersionTree.Totals totals) {
    private static final int SHORT_ID = 8;

    /**
     * A restore point as a version of the share with this root, which is named by the first digits of its id.
     *
     * @return empty when the point does not cover the share
     */
    public static Optional<Version> of(
            SnapshotId id, Snapshot point, RawPath share, RightsModel rights, String repository) {
        return Inside.of(point, share)
                .map(inside -> new Version(
                        RawName.ofText(id.hex().substring(0, SHORT_ID)),
                        id,
                        point.time().toInstant(),
                        point.tree(),
                        inside,
                        rights,
                        repository,
                        totals(point)));
    }

    private static VersionTree.Totals totals(Snapshot point) {
        return point.summary()
                .map(summary -> new VersionTree.Totals(summary.totalBytesProcessed(), summary.totalFilesProcessed()))
                .orElse(new VersionTree.Totals(0, 0));
    }
}
