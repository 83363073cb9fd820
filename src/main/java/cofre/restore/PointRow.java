package cofre.restore;

import cofre.format.PointTags;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.repository.StoredSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A restore point as a list shows it. Texts are what the record says: escape them before showing.
 *
 * @param id its id
 * @param time the moment it shows
 * @param share the share it is of; empty when cofre did not make it
 * @param hostname where it was made
 * @param paths what it covers
 * @param sizes its figures; empty when what made it kept none (restic before 0.17)
 */
public record PointRow(
        SnapshotId id, Instant time, String share, String hostname, List<String> paths, Optional<Sizes> sizes) {
    /**
     * Figures of a point; bytes.
     *
     * @param files number of files
     * @param original length of all files
     * @param deduplicated what was new in it
     * @param compressed what that took in the repository
     */
    public record Sizes(long files, long original, long deduplicated, long compressed) {}

    public PointRow {
        paths = List.copyOf(paths);
    }

    /** The row of a point. */
    public static PointRow of(StoredSnapshot point) {
        Snapshot record = point.snapshot();
        return new PointRow(
                point.id(),
                record.time().toInstant(),
                PointTags.share(record),
                record.hostname(),
                record.paths(),
                record.summary()
                        .map(s -> new Sizes(
                                s.totalFilesProcessed(), s.totalBytesProcessed(), s.dataAdded(), s.dataAddedPacked())));
    }
}
