package cofre.restore;

import cofre.format.NodeType;
import java.time.Instant;

/**
 * What a target has under a name; of a link, the link itself.
 *
 * @param type what it is
 * @param mode permission bits, 07777
 * @param uid owner
 * @param gid group
 * @param links number of names
 * @param size bytes; meaningful for files only
 * @param mtime modification time
 * @param identity equal for two entries that are the same file
 */
public record TargetEntry(
        NodeType type, int mode, long uid, long gid, long links, long size, Instant mtime, Object identity) {}
