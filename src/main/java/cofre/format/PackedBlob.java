package cofre.format;

/**
 * Where a blob lies in a pack.
 *
 * @param blob which blob
 * @param offset of its sealed bytes from the pack's start, at least 0
 * @param length of its sealed bytes: at least 32, the overhead of sealing
 * @param uncompressedLength of the plain bytes when they were compressed; 0 when they were not
 */
public record PackedBlob(BlobHandle blob, long offset, int length, int uncompressedLength) {
    /** What sealing adds: IV (16) and tag (16). */
    public static final int SEAL_OVERHEAD = 32;

    public PackedBlob {
        if (offset < 0 || length < SEAL_OVERHEAD || uncompressedLength < 0) {
            throw new IllegalArgumentException("cannot place " + blob + ": offset " + offset + ", length " + length
                    + ", uncompressed " + uncompressedLength + " vs at least 0, 32, 0");
        }
    }

    /** Whether the sealed bytes hold a zstd frame. */
    public boolean isCompressed() {
        return uncompressedLength != 0;
    }

    /** Length of the plain bytes. */
    public int plainLength() {
        return isCompressed() ? uncompressedLength : length - SEAL_OVERHEAD;
    }
}
