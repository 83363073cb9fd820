package cofre.browse;

import java.time.Duration;

/**
 * How long versions may take, and how much memory and disk.
 *
 * @param metadata longest wait for anything but content that is not on local disk although it should be
 * @param content longest wait of one read
 * @param pause for which a store that did not answer is not asked again
 * @param retry first pause before directories are fetched ahead once more; doubled up to 64 times that
 * @param indexIdle after this long without use a repository's index is given back
 * @param treeMemory bytes of decoded directories kept in memory
 * @param blockMemory bytes of file content kept in memory
 * @param disk bytes of directories kept on local disk, for each repository
 */
public record BrowseLimits(
        Duration metadata,
        Duration content,
        Duration pause,
        Duration retry,
        Duration indexIdle,
        long treeMemory,
        long blockMemory,
        long disk) {
    private static final long MIB = 1 << 20;

    /** What a file server with some hundred versions wants. */
    public static BrowseLimits standard() {
        return new BrowseLimits(
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                32 * MIB,
                64 * MIB,
                4096 * MIB);
    }
}
