package cofre.format;

/**
 * Names a blob together with what it holds.
 *
 * @param type data or tree
 * @param id hash of the plain bytes
 */
public record BlobHandle(BlobType type, BlobId id) {
    /** A data blob. */
    public static BlobHandle data(BlobId id) {
        return new BlobHandle(BlobType.DATA, id);
    }

    /** A tree blob. */
    public static BlobHandle tree(BlobId id) {
        return new BlobHandle(BlobType.TREE, id);
    }

    @Override
    public String toString() {
        return type.text() + " blob " + id;
    }
}
