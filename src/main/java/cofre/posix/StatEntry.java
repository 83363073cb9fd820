package cofre.posix;

import cofre.path.RawName;

/** One name of a directory with its metadata, or with the reason why there is none. */
public sealed interface StatEntry {
    /** The name. */
    RawName name();

    /** A name and its metadata; links are not followed. */
    record Found(RawName name, FileStat stat) implements StatEntry {}

    /**
     * A name whose metadata could not be read.
     *
     * @param errno {@link Errno#ENOENT} when it vanished since the listing
     * @param number the system's own number for it
     */
    record Failed(RawName name, Errno errno, int number) implements StatEntry {}
}
