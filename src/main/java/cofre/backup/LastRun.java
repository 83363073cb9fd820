package cofre.backup;

import cofre.format.SnapshotId;
import java.util.Map;
import java.util.Set;

/**
 * What a share's last run left for the next one.
 *
 * @param point the restore point it made
 * @param sourceIdentity what it was made from: a dataset's guid, or a directory
 * @param viewId the frozen view it shows, as {@link cofre.source.Frozen#viewId}
 * @param indexes names of the index files the repository had: as long as all of them are there, so is every blob of the
 *     restore point
 * @param owners names of the owners in it, by {@code u} or {@code g} and number: a host that knows other names now would
 *     write other nodes for files that did not change
 * @param detection how changes were found, and what is known of how well that goes
 */
public record LastRun(
        SnapshotId point,
        String sourceIdentity,
        String viewId,
        Set<String> indexes,
        Map<String, String> owners,
        Detection detection) {
    public LastRun {
        indexes = Set.copyOf(indexes);
        owners = Map.copyOf(owners);
    }
}
