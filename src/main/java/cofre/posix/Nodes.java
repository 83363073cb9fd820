package cofre.posix;

import cofre.path.RawName;

/**
 * Making, renaming, removing and changing entries of directories, as a restore needs it. Every name is one component
 * below an open directory and is never followed when it is a link. Permission bits are 07777, owners 0 to 2^32-1. All
 * methods are thread-safe and throw {@link PosixException} with the kernel's complaint.
 */
public interface Nodes {
    /** Makes a directory with these permission bits, less the umask. */
    void mkdirAt(Fd dir, RawName name, int mode) throws PosixException;

    /**
     * Makes a device, fifo, socket or empty file.
     *
     * @param rdev what a device stands for, as {@link FileStat#rdev()} tells it; else 0
     */
    void mknodAt(Fd dir, RawName name, FileKind kind, int mode, long rdev) throws PosixException;

    /** Makes a fifo, for which no privilege is needed. */
    void mkfifoAt(Fd dir, RawName name, int mode) throws PosixException;

    /** Gives a file one more name; a link is itself given the name. */
    void linkAt(Fd fromDir, RawName from, Fd toDir, RawName to) throws PosixException;

    /** Makes a symbolic link; the target is any bytes but NUL. */
    void symlinkAt(byte[] target, Fd dir, RawName name) throws PosixException;

    /** The target of a symbolic link, whole. */
    byte[] readLinkAt(Fd dir, RawName name) throws PosixException;

    /** Removes a name that is not a directory. */
    void unlinkAt(Fd dir, RawName name) throws PosixException;

    /** Removes an empty directory. */
    void removeDirAt(Fd dir, RawName name) throws PosixException;

    /** Renames, replacing what was there, as one step. */
    void renameAt(Fd fromDir, RawName from, Fd toDir, RawName to) throws PosixException;

    /** Sets the permission bits of an open file. */
    void chmod(Fd file, int mode) throws PosixException;

    /** Sets the permission bits of a name; of a link EOPNOTSUPP on Linux, which has none. */
    void chmodAt(Fd dir, RawName name, int mode) throws PosixException;

    /** Sets the owner of an open file; the kernel then clears setuid and setgid, so set the mode after it. */
    void chown(Fd file, long uid, long gid) throws PosixException;

    /** Sets the owner of a name, also of a link. */
    void chownAt(Fd dir, RawName name, long uid, long gid) throws PosixException;

    /** Sets the times of an open file. */
    void setTimes(Fd file, FileTimes times) throws PosixException;

    /** Sets the times of a name, also of a link. */
    void setTimesAt(Fd dir, RawName name, FileTimes times) throws PosixException;
}
