package cofre.backup;

import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param share the share's name
 * @param snapshot the restore point's id
 * @param label the frozen view it was read from
 * @param time the moment it shows
 * @param consistent whether it is one moment's view; false for a plain directory
 * @param parent the restore point it was compared with
 * @param summary restic's figures
 * @param bytesRead bytes read from files
 * @param looks entries whose metadata was asked of the file system
 * @param dirsVisited directories that were opened
 * @param unreadableCount how many entries are missing because they could not be read
 * @param unreadable the first of them, each with why
 * @param detection how it was found out what changed
 */
public record BackupReport(
        String share,
        SnapshotId snapshot,
        String label,
        Instant time,
        boolean consistent,
        Optional<SnapshotId> parent,
        Snapshot.Summary summary,
        long bytesRead,
        long looks,
        long dirsVisited,
        long unreadableCount,
        List<String> unreadable,
        Detection detection) {
    public BackupReport {
        unreadable = List.copyOf(unreadable);
    }

    /** Whether everything that was to be kept is in the restore point. */
    public boolean isComplete() {
        return unreadableCount == 0;
    }
}
