package cofre.format;

/**
 * Names a repository for ever: drawn at random when it is made.
 *
 * @param hash 32 random bytes
 */
public record RepositoryId(Sha256 hash) {
    /** The id these 64 lower-case hex digits spell; anything else is an {@link IllegalArgumentException}. */
    public static RepositoryId parse(String hex) {
        return new RepositoryId(Sha256.parse(hex));
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
