package cofre.posix;

import cofre.path.RawName;
import java.util.List;

/** Names and metadata. All methods throw {@link PosixException} with the kernel's complaint. */
public interface Directories {
    /** Metadata of an open file. Thread-safe. */
    FileStat stat(Fd file) throws PosixException;

    /** Metadata of a name; of a link itself, not of what it points to. Thread-safe. */
    FileStat statAt(Fd dir, RawName name) throws PosixException;

    /** Metadata of what a path leads to, links followed. For paths of the configuration. Thread-safe. */
    FileStat statFollowing(byte[] path) throws PosixException;

    /**
     * All names of a directory from its beginning, in no order, without {@code .} and {@code ..}. Moves the descriptor's
     * position: one listing of a descriptor at a time.
     */
    List<RawDirEntry> list(Fd dir) throws PosixException;

    /**
     * As {@link #list}, with the metadata of every name, links not followed. A name whose metadata cannot be read is
     * reported as {@link StatEntry.Failed}; only a listing that itself cannot be read to its end throws.
     */
    List<StatEntry> listWithStat(Fd dir) throws PosixException;

    /** The file system an open file is on. Thread-safe. */
    FileSystemInfo fileSystem(Fd file) throws PosixException;
}
