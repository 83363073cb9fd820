package cofre.seal;

import cofre.format.BlobHandle;
import cofre.format.BlobType;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import cofre.format.TreeCodec;

/**
 * Blobs to what packs hold, and back. In version 2 every blob is compressed, but file content when compression is off:
 * restic's rule, kept even where the frame comes out longer, so that restic finds nothing to repack. Thread-safe.
 */
public final class BlobSeal {
    /** Largest data blob opened: the chunker's largest chunk, and slack for other programs' chunkers. */
    public static final int MAX_DATA = 16 * 1024 * 1024;

    /** Largest tree blob opened. */
    public static final int MAX_TREE = TreeCodec.MAX_BYTES;

    private final Sealer sealer;
    private final Zstd zstd;
    private final int version;
    private final Compression compression;

    /**
     * For one repository.
     *
     * @param version the repository's, 1 or 2; only 2 compresses
     */
    public BlobSeal(Sealer sealer, int version, Compression compression) {
        this.sealer = sealer;
        this.zstd = new Zstd(compression);
        this.version = version;
        this.compression = compression;
    }

    /**
     * What became of a blob.
     *
     * @param length of the sealed bytes
     * @param uncompressedLength of the plain bytes when they were compressed, else 0
     */
    public record Sealed(int length, int uncompressedLength) {}

    /** How much room {@link #seal} needs for a blob of {@code plainLength} bytes. */
    public int maxSealedLength(BlobType type, int plainLength) {
        int body = isCompressed(type, plainLength) ? Zstd.maxLength(plainLength) : plainLength;
        return Math.addExact(body, Sealer.OVERHEAD);
    }

    private boolean isCompressed(BlobType type, int plainLength) {
        return version >= 2 && plainLength > 0 && (type == BlobType.TREE || compression != Compression.OFF);
    }

    /** Seals {@code length} plain bytes into {@code out}, another array with room for {@link #maxSealedLength}. */
    public Sealed seal(BlobType type, byte[] plain, int offset, int length, byte[] out, int outOffset) {
        int room = maxSealedLength(type, length);
        if (out == plain || out.length - outOffset < room) {
            throw new IllegalArgumentException(
                    "cannot seal " + length + " bytes: no other array with room for " + room);
        }
        if (!isCompressed(type, length)) {
            return new Sealed(sealer.seal(plain, offset, length, out, outOffset), 0);
        }
        int body = outOffset + Sealer.PREFIX; // compressed and then encrypted in one place: no second buffer, no copy
        int frame = zstd.compress(plain, offset, length, out, body);
        return new Sealed(sealer.seal(out, body, frame, out, outOffset), length);
    }

    /**
     * Opens a blob from the sealed bytes at {@code offset}, as many as {@code blob} says.
     *
     * @return the plain bytes, whose hash is the blob's id
     * @throws SealException.Forged when the tag does not fit
     * @throws SealException.BadFrame when the compressed form is no sound frame
     * @throws SealException.Mismatch when the blob is larger than any may be, or the content is not what its id or the
     *     index says
     */
    public byte[] open(PackedBlob blob, byte[] sealed, int offset) throws SealException {
        checkLength(blob);
        byte[] plain = sealer.open(sealed, offset, blob.length());
        if (blob.isCompressed()) {
            byte[] content = new byte[blob.uncompressedLength()];
            zstd.decompress(plain, 0, plain.length, content, 0, content.length);
            plain = content;
        }
        checkId(blob.blob(), plain, 0, plain.length);
        return plain;
    }

    /**
     * How much room {@link #openInto} needs for a blob.
     *
     * @throws SealException.Mismatch when the blob is larger than any may be
     */
    public static int roomToOpen(PackedBlob blob) throws SealException {
        checkLength(blob);
        return Math.addExact(blob.length(), blob.uncompressedLength());
    }

    /**
     * Opens a blob as {@link #open(PackedBlob, byte[], int)} does, but takes no memory.
     *
     * @param room another array of at least {@link #roomToOpen}, overwritten
     * @return where in it the plain bytes begin, as many as {@link PackedBlob#plainLength}
     */
    public int openInto(PackedBlob blob, byte[] sealed, int offset, byte[] room) throws SealException {
        checkLength(blob);
        int at = 0;
        int length = sealer.open(sealed, offset, blob.length(), room, 0);
        if (blob.isCompressed()) {
            at = blob.length();
            length = zstd.decompress(room, 0, length, room, at, blob.uncompressedLength());
        }
        checkId(blob.blob(), room, at, length);
        return at;
    }

    private static void checkLength(PackedBlob blob) throws SealException {
        int most = blob.blob().type() == BlobType.TREE ? MAX_TREE : MAX_DATA;
        if (blob.plainLength() > most) {
            throw new SealException.Mismatch(
                    "cannot open " + blob.blob() + ": " + blob.plainLength() + " bytes vs at most " + most);
        }
    }

    private static void checkId(BlobHandle blob, byte[] plain, int offset, int length) throws SealException {
        Sha256 actual = Sha256.hash(plain, offset, length);
        if (!actual.equals(blob.id().hash())) {
            throw new SealException.Mismatch("cannot open " + blob + ": its content hashes to " + actual + " vs "
                    + blob.id().hash());
        }
    }

    /** Opens a blob whose sealed bytes are exactly these. */
    public byte[] open(PackedBlob blob, byte[] sealed) throws SealException {
        if (sealed.length != blob.length()) {
            throw new SealException.Mismatch(
                    "cannot open " + blob.blob() + ": " + sealed.length + " bytes vs " + blob.length());
        }
        return open(blob, sealed, 0);
    }
}
