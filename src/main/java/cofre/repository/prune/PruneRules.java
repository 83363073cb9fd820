package cofre.repository.prune;

/**
 * What is worth copying.
 *
 * @param maxUnused how much may stay unused
 * @param small a pack with fewer bytes is small: once all small packs of a kind would fill two such, they are merged; 0
 *     for never
 * @param mixed whether packs that hold directories and file content are taken apart
 * @param uncompressed whether packs with blobs that are not compressed are written anew, where the format can compress
 * @param onlyCacheable only packs of directories are copied: those cost no big transfers
 */
public record PruneRules(MaxUnused maxUnused, long small, boolean mixed, boolean uncompressed, boolean onlyCacheable) {
    private static final double STANDARD_PERCENT = 5; // as restic

    /** What fits nearly everybody, for packs of this size. */
    public static PruneRules standard(int packSize) {
        return new PruneRules(new MaxUnused.Percent(STANDARD_PERCENT), packSize / 4, true, false, false);
    }
}
