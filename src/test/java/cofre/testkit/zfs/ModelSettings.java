package cofre.testkit.zfs;

import java.util.Random;

/**
 * How a {@link ModelDataset} behaves where file systems differ. Immutable.
 *
 * @param recordSize largest block in bytes, a power of two from 512 to 131,072
 * @param dnodesPerBlock objects a dnode block holds: 32 in ZFS
 * @param numbers how numbers are given out
 * @param xattrs where extended attributes are kept
 * @param xattrTouchesFile whether setting an attribute moves the file's ctime when attributes are hidden files: it does on
 *     Linux and not on FreeBSD
 * @param zerosBecomeHoles whether a block of zeros is not stored, as with compression on
 * @param coarseClock whether times move by 4 ms, the kernel's tick, so that changes right after one another, even on both
 *     sides of a snapshot, get the same ctime
 * @param seed of what is random in it
 */
public record ModelSettings(
        int recordSize,
        int dnodesPerBlock,
        Numbers numbers,
        XattrPlace xattrs,
        boolean xattrTouchesFile,
        boolean zerosBecomeHoles,
        boolean coarseClock,
        long seed) {
    /** Which number a new object gets. A number freed in a txg is never used again in the same. */
    public enum Numbers {
        /** One never used before: a pool that stays imported. */
        ASCENDING,
        /** The lowest that is free: after every import. */
        LOWEST_FREE,
        /** Any that was freed, or a new one. */
        RANDOM_FREE
    }

    /** Where extended attributes are kept. */
    public enum XattrPlace {
        /** With the file's attributes: {@code xattr=sa}. */
        SYSTEM_ATTRIBUTE,
        /** Each in a file of its own, in a hidden directory: {@code xattr=dir}. */
        DIRECTORY
    }

    /** As OpenZFS on Linux behaves, but for a clock that never stands still. */
    public static final ModelSettings USUAL =
            new ModelSettings(131072, 32, Numbers.ASCENDING, XattrPlace.SYSTEM_ATTRIBUTE, true, true, false, 1);

    /** Any settings: small blocks, few objects to a dnode block, numbers that come back. The clock never stands still. */
    public static ModelSettings random(Random random) {
        return new ModelSettings(
                512 << (random.nextInt(3) * 3),
                random.nextBoolean() ? 8 : 32,
                Numbers.values()[random.nextInt(3)],
                XattrPlace.values()[random.nextInt(2)],
                random.nextBoolean(),
                random.nextBoolean(),
                false,
                random.nextLong());
    }

    /** The same with another record size. */
    public ModelSettings withRecordSize(int bytes) {
        return new ModelSettings(
                bytes, dnodesPerBlock, numbers, xattrs, xattrTouchesFile, zerosBecomeHoles, coarseClock, seed);
    }

    /** The same with numbers given out so. */
    public ModelSettings with(Numbers other) {
        return new ModelSettings(
                recordSize, dnodesPerBlock, other, xattrs, xattrTouchesFile, zerosBecomeHoles, coarseClock, seed);
    }

    /** The same with extended attributes kept there. */
    public ModelSettings with(XattrPlace place, boolean touchesFile) {
        return new ModelSettings(
                recordSize, dnodesPerBlock, numbers, place, touchesFile, zerosBecomeHoles, coarseClock, seed);
    }

    /** The same with a clock that stands still for 4 ms. */
    public ModelSettings withCoarseClock() {
        return new ModelSettings(
                recordSize, dnodesPerBlock, numbers, xattrs, xattrTouchesFile, zerosBecomeHoles, true, seed);
    }
}
