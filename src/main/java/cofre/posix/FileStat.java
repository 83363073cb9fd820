package cofre.posix;

/**
 * All metadata of one file. Times are seconds since 1970, possibly negative, and nanoseconds 0 to 999,999,999 after that
 * second; they are kept flat because no file system promises that they fit a calendar. A plain record: at the price of a
 * system call its allocation cannot be measured, so there is no reusable holder.
 *
 * @param kind never {@link FileKind#UNKNOWN} from a healthy file system
 * @param mode permission bits with setuid, setgid and sticky (07777)
 * @param uid owner, 0 to 2^32-1
 * @param gid group, 0 to 2^32-1
 * @param links number of hard links, at least 1 except for a deleted file
 * @param inode identity within {@code device}; unsigned
 * @param device the file system; differs on every boot and from system to system
 * @param rdev for devices what they stand for, in the system's own coding; else meaningless
 * @param size bytes; of a link the length of its target
 * @param blocks 512-byte units in use on disk
 * @param birthSeconds time of creation; 0 with {@code birthNanos} 0 where the file system does not know it
 * @param flags FreeBSD's file flags, see {@link FileFlags}; 0 on other systems
 */
public record FileStat(
        FileKind kind,
        int mode,
        long uid,
        long gid,
        long links,
        long inode,
        long device,
        long rdev,
        long size,
        long blocks,
        long mtimeSeconds,
        int mtimeNanos,
        long ctimeSeconds,
        int ctimeNanos,
        long atimeSeconds,
        int atimeNanos,
        long birthSeconds,
        int birthNanos,
        long flags) {
    /** Whether it is a directory. */
    public boolean isDirectory() {
        return kind == FileKind.DIRECTORY;
    }

    /** Whether {@code other} is the same object: same file system and inode. */
    public boolean isSameFileAs(FileStat other) {
        return device == other.device && inode == other.inode;
    }
}
