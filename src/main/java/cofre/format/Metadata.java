package cofre.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node says of a file besides its name and content.
 *
 * @param mode permission bits with setuid, setgid and sticky as in {@code st_mode}: 0 to 07777 (restic's own mode bits
 *     are made from this and the node's type by the codec)
 * @param mtime modification time, to the nanosecond
 * @param atime access time; equal to {@code mtime} unless access times are kept
 * @param ctime change time
 * @param uid owner's number
 * @param gid group's number
 * @param user owner's name, empty when not known
 * @param group group's name, empty when not known
 * @param inode the file's number in its file system; 0 when not known
 * @param deviceId a stable number of the file system, never {@code st_dev} (which changes with each mount of a ZFS
 *     snapshot); 0 for none
 * @param links number of hard links as {@code st_nlink}; kept for files, symlinks and devices, else 0
 * @param xattrs extended attributes, ordered by name
 * @param generic restic's {@code generic_attributes}: key to any JSON value, ordered by key
 */
public record Metadata(
        int mode,
        Instant mtime,
        Instant atime,
        Instant ctime,
        long uid,
        long gid,
        String user,
        String group,
        long inode,
        long deviceId,
        long links,
        List<Xattr> xattrs,
        Map<String, JsonNode> generic) {
    public Metadata {
        if (mode < 0 || mode > 07777) {
            throw new IllegalArgumentException("cannot use mode " + Integer.toOctalString(mode) + " vs 0 to 7777");
        }
        xattrs = List.copyOf(xattrs);
        // most nodes have at most one: a million maps of the large kind would be memory for nothing
        generic = generic.size() <= 1 ? Map.copyOf(generic) : Collections.unmodifiableSortedMap(new TreeMap<>(generic));
    }
}
