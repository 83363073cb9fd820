package cofre.browse;

import java.time.Instant;

/**
 * What stat says of an entry.
 *
 * @param inode see {@link Spot#inode}
 * @param kind what it is
 * @param mode permission bits with setuid, setgid and sticky, 07777
 * @param uid owner
 * @param gid group
 * @param links names it has; at least 1
 * @param size bytes of content or link target; 0 for others
 * @param device of a device, the number as restic keeps it; else 0
 * @param mtime modification time, exact
 * @param atime access time
 * @param ctime change time
 */
public record Attributes(
        long inode,
        EntryKind kind,
        int mode,
        long uid,
        long gid,
        long links,
        long size,
        long device,
        Instant mtime,
        Instant atime,
        Instant ctime) {}
