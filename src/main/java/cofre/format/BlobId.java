package cofre.format;

/**
 * Names a blob.
 *
 * @param hash of the blob's plain bytes, before compression
 */
public record BlobId(Sha256 hash) {
    /** The id these 64 lower-case hex digits spell; anything else is an {@link IllegalArgumentException}. */
    public static BlobId parse(String hex) {
        return new BlobId(Sha256.parse(hex));
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return hash.hex();
    }

    /** The first 8 hex digits, as people quote ids. */
    @Override
    public String toString() {
        return hash.toString();
    }
}
