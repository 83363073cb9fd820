package cofre.posix;

/**
 * What a system call can complain about, by its POSIX name; each system numbers them differently. {@link #OTHER} stands
 * for a number not listed here, which {@link PosixException#number()} still tells.
 */
public enum Errno {
    EPERM(1, 1, "operation not permitted"),
    ENOENT(2, 2, "no such file or directory"),
    ESRCH(3, 3, "no such process"),
    EINTR(4, 4, "interrupted"),
    EIO(5, 5, "input/output error"),
    ENXIO(6, 6, "no such device or address"),
    E2BIG(7, 7, "too big"),
    EBADF(9, 9, "bad file descriptor"),
    EAGAIN(11, 35, "resource temporarily unavailable"),
    ENOMEM(12, 12, "out of memory"),
    EACCES(13, 13, "permission denied"),
    EFAULT(14, 14, "bad address"),
    ENOTBLK(15, 15, "block device required"),
    EBUSY(16, 16, "device or resource busy"),
    EEXIST(17, 17, "file exists"),
    EXDEV(18, 18, "on another file system"),
    ENODEV(19, 19, "not supported by the device"),
    ENOTDIR(20, 20, "not a directory"),
    EISDIR(21, 21, "is a directory"),
    EINVAL(22, 22, "invalid argument"),
    ENFILE(23, 23, "too many open files in the system"),
    EMFILE(24, 24, "too many open files in this process"),
    ENOTTY(25, 25, "not a terminal"),
    ETXTBSY(26, 26, "program file is being run"),
    EFBIG(27, 27, "file too large"),
    ENOSPC(28, 28, "no space left on device"),
    ESPIPE(29, 29, "cannot seek"),
    EROFS(30, 30, "read-only file system"),
    EMLINK(31, 31, "too many links"),
    EPIPE(32, 32, "other side is gone"),
    ERANGE(34, 34, "result too large"),
    EDEADLK(35, 11, "would deadlock"),
    ENAMETOOLONG(36, 63, "name too long"),
    ENOLCK(37, 77, "no locks available"),
    ENOSYS(38, 78, "not implemented by this system"),
    ENOTEMPTY(39, 66, "directory not empty"),
    ELOOP(40, 62, "is a symbolic link, or too many of them"),
    /** The extended attribute is not there: ENODATA on Linux, ENOATTR on FreeBSD. */
    ENOATTR(61, 87, "no such attribute"),
    EPROTO(71, 92, "protocol error"),
    EBADMSG(74, 89, "bad message"),
    EOVERFLOW(75, 84, "value too large"),
    EILSEQ(84, 86, "illegal byte sequence"),
    ENOTSOCK(88, 38, "not a socket"),
    EMSGSIZE(90, 40, "message too long"),
    /** Also ENOTSUP, which is the same number on both systems. */
    EOPNOTSUPP(95, 45, "operation not supported"),
    EAFNOSUPPORT(97, 47, "address family not supported"),
    EADDRINUSE(98, 48, "address already in use"),
    EADDRNOTAVAIL(99, 49, "address not available"),
    ENETDOWN(100, 50, "network is down"),
    ECONNABORTED(103, 53, "connection aborted"),
    ECONNRESET(104, 54, "connection reset"),
    ENOBUFS(105, 55, "no buffer space available"),
    EISCONN(106, 56, "already connected"),
    ENOTCONN(107, 57, "not connected"),
    ETIMEDOUT(110, 60, "timed out"),
    ECONNREFUSED(111, 61, "connection refused"),
    EHOSTUNREACH(113, 65, "no route to host"),
    EALREADY(114, 37, "already in progress"),
    EINPROGRESS(115, 36, "in progress"),
    ESTALE(116, 70, "stale file handle"),
    /** The file system is damaged: EUCLEAN on Linux; FreeBSD's EINTEGRITY is what ZFS gives for a wrong checksum. */
    EINTEGRITY(117, 97, "integrity check failed"),
    EDQUOT(122, 69, "disk quota exceeded"),
    ECANCELED(125, 85, "cancelled"),
    /** The key of an encrypted directory is not loaded; only Linux has a number of its own for it. */
    ENOKEY(126, -1, "key not loaded"),
    OTHER(-1, -1, "system error");

    private final int linux;
    private final int freeBsd;
    private final String text;

    Errno(int linux, int freeBsd, String text) {
        this.linux = linux;
        this.freeBsd = freeBsd;
        this.text = text;
    }

    /** What it means, in a few lower-case words. */
    public String text() {
        return text;
    }

    /** The number on Linux; -1 when it has none. */
    int linuxNumber() {
        return linux;
    }

    /** The number on FreeBSD; -1 when it has none. */
    int freeBsdNumber() {
        return freeBsd;
    }

    /** The table of Linux: index is the number. */
    static Errno[] linuxTable() {
        Errno[] table = new Errno[TABLE_LENGTH];
        for (Errno errno : values()) {
            put(table, errno.linux, errno);
        }
        return table;
    }

    /** The table of FreeBSD: index is the number. */
    static Errno[] freeBsdTable() {
        Errno[] table = new Errno[TABLE_LENGTH];
        for (Errno errno : values()) {
            put(table, errno.freeBsd, errno);
        }
        return table;
    }

    private static final int TABLE_LENGTH = 134;

    private static void put(Errno[] table, int number, Errno errno) {
        if (number > 0) {
            table[number] = errno;
        }
    }

    static Errno find(Errno[] table, int number) {
        Errno found = number > 0 && number < table.length ? table[number] : null;
        return found == null ? OTHER : found;
    }
}
