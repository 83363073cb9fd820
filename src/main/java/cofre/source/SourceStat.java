package cofre.source;

import cofre.format.NodeType;
import java.time.Instant;

/**
 * What the file system says of a file.
 *
 * @param type what it is
 * @param mode permission bits with setuid, setgid, sticky: 0 to 07777
 * @param uid owner
 * @param gid group
 * @param inode its number in its file system
 * @param links number of hard links
 * @param size in bytes
 * @param allocated bytes really allocated, to tell sparse files
 * @param device {@code st_rdev} of a device
 * @param mtime modification time, to the nanosecond
 * @param ctime change time, to the nanosecond
 * @param atime access time
 * @param birth when the file was made; {@link Instant#EPOCH} when the file system does not know
 * @param flags names of the file's flags as chflags(1) takes them, commas between; empty for none
 */
public record SourceStat(
        NodeType type,
        int mode,
        long uid,
        long gid,
        long inode,
        long links,
        long size,
        long allocated,
        long device,
        Instant mtime,
        Instant ctime,
        Instant atime,
        Instant birth,
        String flags) {}
