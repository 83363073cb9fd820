package cofre.repository;

/**
 * What a prune would come to now.
 *
 * @param figures of its plan
 * @param deletedPacks packs that have waited long enough: they would be deleted
 * @param deletedBytes what they take
 * @param waiting packs that would go on waiting
 * @param later what this prune would drop: it would wait likewise
 */
public record PruneOutlook(
        PruneFigures figures, int deletedPacks, long deletedBytes, PruneWait waiting, PruneWait later) {}
