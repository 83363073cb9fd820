package cofre.format;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/**
 * restic's snapshot record: one root tree, when it was and where it came from. Texts are what the file says and may hold
 * anything: escape them before showing ({@link cofre.path.Display}).
 *
 * @param time when the content was as recorded, with the zone offset it was recorded in
 * @param parent the snapshot it was compared with
 * @param tree the root tree blob
 * @param paths absolute paths it covers, sorted
 * @param hostname where it was made; may be empty
 * @param username who made it; may be empty
 * @param uid of who made it
 * @param gid of who made it
 * @param excludes patterns that were left out
 * @param tags words put on it
 * @param original the first id when the record was rewritten
 * @param programVersion what made it; may be empty
 * @param summary figures of the run
 */
public record Snapshot(
        ZonedDateTime time,
        Optional<SnapshotId> parent,
        BlobId tree,
        List<String> paths,
        String hostname,
        String username,
        long uid,
        long gid,
        List<String> excludes,
        List<String> tags,
        Optional<SnapshotId> original,
        String programVersion,
        Optional<Summary> summary) {
    public Snapshot {
        paths = List.copyOf(paths);
        excludes = List.copyOf(excludes);
        tags = List.copyOf(tags);
    }

    /** Figures of the run that made a snapshot; times with their zone offset, sizes in bytes. */
    public record Summary(
            ZonedDateTime backupStart,
            ZonedDateTime backupEnd,
            long filesNew,
            long filesChanged,
            long filesUnmodified,
            long dirsNew,
            long dirsChanged,
            long dirsUnmodified,
            long dataBlobs,
            long treeBlobs,
            long dataAdded,
            long dataAddedPacked,
            long totalFilesProcessed,
            long totalBytesProcessed) {}
}
