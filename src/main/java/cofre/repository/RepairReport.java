package cofre.repository;

import cofre.format.SnapshotId;
import java.util.List;
import java.util.Map;

/**
 * What a repair came to, or would.
 *
 * @param steps what was done, or would be, in that order; the first ten thousand
 * @param changes how many of its kind were mended: packs indexed anew, packs replaced, restore points written anew
 * @param lost how much is lost for good: blobs of packs, files and directories of restore points
 * @param added restore points made, each with the one it stands for; with itself when it stands for none
 * @param removed restore points removed
 */
public record RepairReport(
        List<Step> steps, int changes, long lost, Map<SnapshotId, SnapshotId> added, List<SnapshotId> removed) {
    public RepairReport {
        steps = List.copyOf(steps);
        added = Map.copyOf(added);
        removed = List.copyOf(removed);
    }

    /**
     * Something that was done, or could not be.
     *
     * @param object what it is about, e.g. {@code pack 0123abcd}
     * @param text a sentence
     */
    public record Step(String object, String text) {}

    /** Whether there was nothing to do. */
    public boolean isNothing() {
        return steps.isEmpty();
    }
}
