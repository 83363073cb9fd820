package cofre.repository;

import java.util.Optional;

/** Where this host remembers, for one repository, which packs wait to be deleted. It may be lost: all wait anew then. */
public interface PruneMemory {
    /** What was remembered last; empty when that was nothing, or cannot be read. */
    Optional<byte[]> recall();

    /** Replaces it. What cannot be kept is lost, no more: never throws. */
    void remember(byte[] list);
}
