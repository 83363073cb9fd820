package cofre.repository;

import cofre.repository.prune.PrunePlan;
import java.util.List;

/**
 * What a prune came to.
 *
 * @param plan what was to be done
 * @param copiedBlobs blobs copied
 * @param copiedBytes what they take in their new packs
 * @param droppedPacks packs the index does not name any more since this run
 * @param droppedBytes what they take
 * @param deletedPacks packs deleted, which had waited long enough
 * @param deletedBytes what they took
 * @param waiting packs that wait to be deleted, those dropped just now among them
 * @param refused packs left alone as something about them is wrong, and what, a sentence each
 * @param unfinished why not all of the plan was done, a sentence; empty when all was
 */
public record PruneReport(
        PrunePlan plan,
        long copiedBlobs,
        long copiedBytes,
        int droppedPacks,
        long droppedBytes,
        int deletedPacks,
        long deletedBytes,
        PruneWait waiting,
        List<String> refused,
        String unfinished) {
    public PruneReport {
        refused = List.copyOf(refused);
    }

    /** What was to be done, in figures. */
    public PruneFigures figures() {
        return PruneFigures.of(plan);
    }
}
