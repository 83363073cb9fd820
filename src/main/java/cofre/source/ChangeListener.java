package cofre.source;

import cofre.path.RawPath;
import java.util.Optional;

/**
 * Hears of changes, in no order that may be relied on; the same object may be told of several times. Objects are known by
 * their number, which is the inode number in the view. For one thread.
 */
public interface ChangeListener {
    /** What kind of thing an object is. */
    enum Kind {
        /** A file, symbolic link, device, fifo or the value of an attribute: anything with a place in no directory's format. */
        FILE,
        /** A directory, or the hidden directory of a file's attributes. */
        DIRECTORY,
        /** ZFS's own bookkeeping. */
        INTERNAL
    }

    /**
     * The object may have changed, or lies beside one that did.
     *
     * @param attributes what its record says of it, empty when that cannot be read
     */
    void object(long object, Kind kind, Optional<ObjectAttributes> attributes);

    /**
     * This range of the object's content was written, or became a hole.
     *
     * @param offset first byte
     * @param length at least 1; {@link Long#MAX_VALUE} when it has no end, otherwise it ends at a {@code long}
     * @param hole whether it is a hole now. One without an end is told for every object, changed or not
     */
    void content(long object, long offset, long length, boolean hole);

    /** The object's attributes do not fit beside it and were written elsewhere. */
    void spill(long object);

    /** No object of these numbers is in use any more; there need not have been any. {@code count} is at least 1. */
    void freed(long first, long count);

    /**
     * What is, or was, at this path changed; the directory above may have changed as well. From {@link
     * ChangeSource.Method#DIFF} only.
     *
     * @param path from the file system's root, as in the live tree
     */
    void path(RawPath path);
}
