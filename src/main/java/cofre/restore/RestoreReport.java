package cofre.restore;

import cofre.format.SnapshotId;
import java.util.List;

/**
 * What a restore came to; for a dry run, what it would have.
 *
 * @param point the restore point
 * @param target where to, for messages
 * @param dryRun whether nothing was written
 * @param files files written, further names of one file included
 * @param directories directories made or given their metadata
 * @param others symbolic links, devices and fifos made
 * @param bytes length of the files written
 * @param unchanged files that were there already with the same content
 * @param kept entries that were there and stayed, as asked
 * @param verified files whose content was read and found right
 * @param failedCount how many entries could not be restored, or are not right
 * @param failed the first of them
 * @param lacks metadata the target would not take, by kind
 */
public record RestoreReport(
        SnapshotId point,
        String target,
        boolean dryRun,
        long files,
        long directories,
        long others,
        long bytes,
        long unchanged,
        long kept,
        long verified,
        long failedCount,
        List<Failed> failed,
        List<Lacking> lacks) {
    /**
     * One entry that is not as the restore point has it.
     *
     * @param path below the target, as {@code cofre.path.Display} shows it
     * @param why a sentence
     */
    public record Failed(String path, String why) {}

    /**
     * Metadata of one kind that was not set.
     *
     * @param kind what
     * @param count for how many entries
     * @param example the first complaint, a sentence
     */
    public record Lacking(Lack.Kind kind, long count, String example) {}

    public RestoreReport {
        failed = List.copyOf(failed);
        lacks = List.copyOf(lacks);
    }

    /** Whether everything asked for is there, with all its metadata. Otherwise a command ends with status 3. */
    public boolean isComplete() {
        return failedCount == 0 && lacks.isEmpty();
    }
}
