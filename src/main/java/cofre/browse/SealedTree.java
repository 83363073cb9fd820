package cofre.browse;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;

/**
 * A tree blob as it lies in a pack: sealed with the repository's key, and believed only once it was opened.
 *
 * @param id which it is said to be
 * @param uncompressedLength as the pack says: 0 when the sealed bytes hold no compressed frame
 * @param sealed the bytes, from {@code offset} on
 * @param offset where in them it begins
 * @param length how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record SealedTree(BlobId id, int uncompressedLength, byte[] sealed, int offset, int length) {
    /** Only for messages: where it came from is not known any more. */
    private static final PackId LOCAL = new PackId(new Sha256(0, 0, 0, 0));

    /** What it takes to open it. */
    BlobPlace place() {
        return new BlobPlace(LOCAL, new PackedBlob(BlobHandle.tree(id), 0, length, uncompressedLength));
    }
}
