package cofre.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** All that differs between systems, except extended attributes. Stateless and thread-safe. */
interface Platform {
    /** The working directory in place of a directory's number: the same on both systems. */
    int AT_FDCWD = -100;

    /** What a failed call's number means. */
    Errno errno(int number);

    /** open(2)'s flags, close-on-exec included. */
    int openBits(OpenFlags flags);

    /** Numbers that are only looked up. */
    Numbers numbers();

    /** Metadata of a name; negative when failed, else {@link Scratch#STRUCT} holds it. */
    int stat(int dir, long name, boolean follow, Scratch scratch);

    /** Metadata of an open file; as {@link #stat}. */
    int stat(int fd, Scratch scratch);

    /** Reads what {@link #stat} left at {@code at}. */
    FileStat decodeStat(ByteBuffer image, int at);

    /** Fills {@code buffer} with entries: bytes filled, 0 at the end, negative when failed. */
    long readEntries(int dir, long buffer, int length, Scratch scratch);

    /** How an entry is laid out. */
    DirentFormat direntFormat();

    /** Reads what fstatfs(2) left at {@code at}. */
    FileSystemInfo decodeFileSystem(ByteBuffer image, int at);

    /** How file flags are set. */
    default FlagSetter flags(Calls calls) {
        return FlagSetter.NONE;
    }

    /** How NFSv4 ACLs are read and set. */
    default Nfs4Acls nfs4Acls(Calls calls, FileIo files) {
        return Nfs4Acls.NONE;
    }

    /** Writes a Unix socket's address and gives its length; the path must leave room for a NUL. */
    int encodeAddress(byte[] path, ByteBuffer into, int at);

    /** Longest path of a Unix socket in bytes. */
    int maxSocketPath();

    /** Who is at the other end: uid, gid and pid (or -1) into the result; null when failed. */
    Peer peer(int socket, Calls calls) throws PosixException;

    /** Source of the mount an open file is on; see {@link Mounts#sourceOf}. */
    Optional<String> mountSource(int fd, Calls calls) throws IOException;

    /** Shows {@code title} in ps(1) where the system can. */
    void title(byte[] title, Calls calls) throws PosixException;

    /**
     * Constants of one system.
     *
     * @param noFollow AT_SYMLINK_NOFOLLOW
     * @param removeDir AT_REMOVEDIR
     * @param dupCloseOnExec F_DUPFD_CLOEXEC
     * @param nonBlock O_NONBLOCK
     * @param closeOnExec O_CLOEXEC
     * @param socketFlags SOCK_CLOEXEC with SOCK_NONBLOCK
     * @param noSignal MSG_NOSIGNAL
     * @param openFilesLimit RLIMIT_NOFILE
     * @param windowSize TIOCGWINSZ
     */
    record Numbers(
            int noFollow,
            int removeDir,
            int dupCloseOnExec,
            int nonBlock,
            int closeOnExec,
            int socketFlags,
            int noSignal,
            int openFilesLimit,
            long windowSize) {}
}
