package cofre.fuse;

import java.time.Duration;

/**
 * Bounds of a mount.
 *
 * @param access who decides what a user may see
 * @param metadataDeadline after which anything but reading is answered with EIO
 * @param readDeadline after which reading is answered with EIO
 * @param readers threads that take requests and answer all but reads; at least 2
 * @param readThreads threads that read content
 * @param maxNodes spots the kernel may remember before it is asked to let go of old ones
 * @param maxHandles files and directories open at a time, each
 * @param directIo content goes past the kernel's cache: fewer, larger reads, and nothing kept
 */
public record FuseSettings(
        AccessMode access,
        Duration metadataDeadline,
        Duration readDeadline,
        int readers,
        int readThreads,
        int maxNodes,
        int maxHandles,
        boolean directIo) {
    public FuseSettings {
        if (readers < 2 || readThreads < 1 || maxNodes < 1 || maxHandles < 1) {
            throw new IllegalArgumentException("cannot serve with these bounds: " + readers + " readers, " + readThreads
                    + " threads that read, " + maxNodes + " nodes, " + maxHandles + " handles");
        }
    }

    /** What suits a file server. */
    public static FuseSettings defaults(AccessMode access) {
        return new FuseSettings(access, Duration.ofSeconds(2), Duration.ofSeconds(20), 4, 16, 200_000, 10_000, false);
    }

    /** The same with another deadline for reads. */
    public FuseSettings withReadDeadline(Duration deadline) {
        return new FuseSettings(
                access, metadataDeadline, deadline, readers, readThreads, maxNodes, maxHandles, directIo);
    }

    /** The same, past the kernel's cache or not. */
    public FuseSettings withDirectIo(boolean past) {
        return new FuseSettings(
                access, metadataDeadline, readDeadline, readers, readThreads, maxNodes, maxHandles, past);
    }
}
