package cofre.repository.prune;

import cofre.format.PackId;

/**
 * What is known of one pack before it is decided upon.
 *
 * @param id the pack
 * @param kind what it holds
 * @param stored bytes it has on the store; -1 when it is not there
 * @param listed bytes it must have, by the index
 * @param blobs number of its blobs
 * @param usedBlobs how many of them are used and kept here
 * @param usedBytes what those take, with their lines in the header
 * @param uncompressed whether any of them is not compressed
 */
public record PackFacts(
        PackId id,
        Kind kind,
        long stored,
        long listed,
        int blobs,
        int usedBlobs,
        long usedBytes,
        boolean uncompressed) {
    /** Sealing the header, and the number that says how long it is. */
    static final int OVERHEAD = 36;

    /** What a pack holds. */
    public enum Kind {
        /** File content. */
        DATA,
        /** Directories. */
        TREES,
        /** Both: old programs wrote such. */
        MIXED
    }

    /** Bytes that copying what is used would give back. */
    public long unusedBytes() {
        return usedBlobs == 0 ? listed : listed - OVERHEAD - usedBytes;
    }

    /** How much of it is unused, 0 to 1. */
    double unusedShare() {
        return (double) unusedBytes() / listed;
    }
}
