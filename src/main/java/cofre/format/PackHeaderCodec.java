package cofre.format;

import java.util.ArrayList;
import java.util.List;

/**
 * Pack headers to bytes and back. A pack is its sealed blobs, the sealed header, and the sealed header's length in four
 * bytes, little end first.
 */
public final class PackHeaderCodec {
    /** Bytes of the length field that ends a pack. */
    public static final int LENGTH_FIELD = 4;

    /** Largest sealed header restic accepts. */
    public static final int MAX_SEALED_BYTES = 16 * 1024 * 1024;

    /** Bytes that list a blob which is not compressed: type, length, id. */
    static final int PLAIN_ENTRY = 1 + 4 + Sha256.LENGTH;

    /** Bytes that list a compressed blob: the uncompressed length besides. */
    static final int COMPRESSED_ENTRY = PLAIN_ENTRY + 4;

    private static final int DATA = 0;
    private static final int TREE = 1;
    private static final int COMPRESSED_DATA = 2;
    private static final int COMPRESSED_TREE = 3;

    private PackHeaderCodec() {}

    /** How many bytes this blob takes in a plain header. */
    public static int entryLength(PackedBlob blob) {
        return blob.isCompressed() ? COMPRESSED_ENTRY : PLAIN_ENTRY;
    }

    /**
     * The plain header for these blobs, to be sealed.
     *
     * @param blobs in the order they lie in the pack, the first at 0, without gaps
     * @throws IllegalArgumentException when they leave a gap or are none: such a pack could not be read back
     */
    public static byte[] encode(List<PackedBlob> blobs) {
        if (blobs.isEmpty()) {
            throw new IllegalArgumentException("cannot write pack header: 0 blobs vs at least 1");
        }
        byte[] out =
                new byte[blobs.stream().mapToInt(PackHeaderCodec::entryLength).sum()];
        int at = 0;
        long offset = 0;
        for (PackedBlob blob : blobs) {
            if (blob.offset() != offset) {
                throw new IllegalArgumentException("cannot write pack header: " + blob.blob() + " at " + blob.offset()
                        + " vs " + offset + ", where the one before ends");
            }
            offset += blob.length();
            int tree = blob.blob().type() == BlobType.TREE ? TREE : DATA;
            out[at] = (byte) (blob.isCompressed() ? COMPRESSED_DATA + tree : tree);
            putInt(out, at + 1, blob.length());
            if (blob.isCompressed()) {
                putInt(out, at + 5, blob.uncompressedLength());
            }
            at += entryLength(blob);
            blob.blob().id().hash().writeTo(out, at - Sha256.LENGTH);
        }
        return out;
    }

    /** Writes the length field that ends a pack. */
    public static void writeLength(int sealedHeaderLength, byte[] out, int at) {
        putInt(out, at, sealedHeaderLength);
    }

    /**
     * The length of the sealed header, from the pack's last four bytes.
     *
     * @param packLength of the whole pack file
     * @throws FormatException when no header can be that long: nothing has been allocated for it
     */
    public static int sealedLength(byte[] bytes, int at, long packLength) throws FormatException {
        long length = intAt(bytes, at);
        long most = Math.min(MAX_SEALED_BYTES, packLength - LENGTH_FIELD);
        int least = PackedBlob.SEAL_OVERHEAD + PLAIN_ENTRY;
        if (length < least || length > most) {
            throw new FormatException("cannot read pack: a header of " + length + " bytes vs " + least + " to " + most);
        }
        return (int) length;
    }

    /**
     * The blobs a plain header lists, with the offsets their lengths imply.
     *
     * @param packLength of the whole pack file, which blobs, sealed header and length field must fill exactly
     * @param version the repository's; compressed blobs exist only since 2
     */
    public static List<PackedBlob> decode(byte[] header, long packLength, int version) throws FormatException {
        if (header.length == 0) {
            throw new FormatException("cannot read pack header: 0 bytes vs at least " + PLAIN_ENTRY);
        }
        List<PackedBlob> blobs = new ArrayList<>(header.length / PLAIN_ENTRY);
        long offset = 0;
        for (int at = 0; at < header.length; ) {
            PackedBlob blob = entry(header, at, offset, version);
            blobs.add(blob);
            offset += blob.length();
            at += entryLength(blob);
        }
        long whole = offset + header.length + PackedBlob.SEAL_OVERHEAD + LENGTH_FIELD;
        if (whole != packLength) {
            throw new FormatException("cannot read pack header: it describes a pack of " + whole + " bytes vs the "
                    + packLength + " the file has");
        }
        return blobs;
    }

    private static PackedBlob entry(byte[] header, int at, long offset, int version) throws FormatException {
        int kind = header[at];
        boolean isCompressed = kind == COMPRESSED_DATA || kind == COMPRESSED_TREE;
        if (kind < DATA || kind > COMPRESSED_TREE || (isCompressed && version < 2)) {
            throw new FormatException("cannot read pack header: a blob of kind " + kind + " vs 0 to "
                    + (version < 2 ? 1 : 3) + " in a repository of version " + version);
        }
        int size = isCompressed ? COMPRESSED_ENTRY : PLAIN_ENTRY;
        if (header.length - at < size) {
            throw new FormatException(
                    "cannot read pack header: " + (header.length - at) + " bytes left vs an entry of " + size);
        }
        long length = intAt(header, at + 1);
        long uncompressed = isCompressed ? intAt(header, at + 5) : 0;
        if (length < PackedBlob.SEAL_OVERHEAD || length > Integer.MAX_VALUE || uncompressed > Integer.MAX_VALUE) {
            throw new FormatException("cannot read pack header: a blob of " + length + " bytes, " + uncompressed
                    + " uncompressed vs " + PackedBlob.SEAL_OVERHEAD + " to " + Integer.MAX_VALUE);
        }
        if (isCompressed && uncompressed == 0) {
            throw new FormatException("cannot read pack header: a compressed blob of 0 bytes vs at least 1");
        }
        BlobType type = kind == TREE || kind == COMPRESSED_TREE ? BlobType.TREE : BlobType.DATA;
        BlobId id = new BlobId(Sha256.of(header, at + size - Sha256.LENGTH));
        return new PackedBlob(new BlobHandle(type, id), offset, (int) length, (int) uncompressed);
    }

    private static long intAt(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | ((bytes[at + 1] & 0xff) << 8)
                | ((bytes[at + 2] & 0xff) << 16)
                | ((bytes[at + 3] & 0xffL) << 24);
    }

    private static void putInt(byte[] out, int at, int value) {
        out[at] = (byte) value;
        out[at + 1] = (byte) (value >>> 8);
        out[at + 2] = (byte) (value >>> 16);
        out[at + 3] = (byte) (value >>> 24);
    }
}
