package cofre.seal;

/** How hard to compress, in restic's words. */
public enum Compression {
    /** File content is stored as it is; trees and everything else are compressed all the same. */
    OFF(3),
    /** Least work. */
    FASTEST(1),
    /** restic's default. */
    AUTO(3),
    /** More work for less space. */
    BETTER(7),
    /** About a tenth of the default's speed. */
    MAX(11);

    private final int level;

    Compression(int level) {
        this.level = level;
    }

    /** zstd's level for what is compressed. */
    int level() {
        return level;
    }
}
