package cofre.browse;

import cofre.format.BlobId;

/** The chunk that the chunker makes of long runs of zeros: its id alone tells its content, so nothing is fetched. */
final class ZeroBlock {
    /** The chunker's shortest chunk, which is where it cuts zeros. */
    static final int LENGTH = 512 << 10;

    private static final BlobId ID = BlobId.parse("07854d2fef297a06ba81685e660c332de36d5d18d546927d30daad6d7fda1541");

    private ZeroBlock() {}

    static boolean is(BlobId id) {
        return id.equals(ID);
    }
}
