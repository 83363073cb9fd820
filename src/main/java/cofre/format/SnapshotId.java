package cofre.format;

/**
 * Names a snapshot.
 *
 * @param hash of the stored file
 */
public record SnapshotId(Sha256 hash) implements Comparable<SnapshotId> {
    /** The id these 64 lower-case hex digits spell; anything else is an {@link IllegalArgumentException}. */
    public static SnapshotId parse(String hex) {
        return new SnapshotId(Sha256.parse(hex));
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return hash.hex();
    }

    /** By the hash: an order that says nothing, the same on every host. */
    @Override
    public int compareTo(SnapshotId other) {
        return hash.compareTo(other.hash);
    }

    /** The first 8 hex digits, as people quote ids. */
    @Override
    public String toString() {
        return hash.toString();
    }
}
