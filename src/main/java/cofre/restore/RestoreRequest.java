package cofre.restore;

import cofre.format.SnapshotId;
import cofre.path.RawPath;
import java.util.List;

/**
 * What to restore.
 *
 * @param point from which restore point
 * @param paths which entries, with all below them, as they are called in the point ({@link PointPaths}); empty for all
 * @param fullPaths whether the whole way of restic's tree is restored below the target ({@code TARGET/tank/obras/…});
 *     otherwise the content of the share's root goes right into it
 * @param overwrite what happens to files that are there
 * @param verify whether every file is read back and compared, with its metadata
 * @param dryRun whether nothing is written at all, and the report says what would have been
 */
public record RestoreRequest(
        SnapshotId point, List<RawPath> paths, boolean fullPaths, Overwrite overwrite, boolean verify, boolean dryRun) {
    public RestoreRequest {
        paths = List.copyOf(paths);
    }

    /** All of a point, the share's root right into the target, files replaced when they differ. */
    public static RestoreRequest all(SnapshotId point) {
        return new RestoreRequest(point, List.of(), false, Overwrite.IF_CHANGED, false, false);
    }

    /** The same with every file read back. */
    public RestoreRequest verified() {
        return new RestoreRequest(point, paths, fullPaths, overwrite, true, dryRun);
    }
}
