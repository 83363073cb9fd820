package cofre.source;

import java.time.Instant;

/**
 * What a stream's record says of an object.
 *
 * @param mode {@code st_mode} with the type bits
 * @param size in bytes; of a directory the number of its entries
 * @param generation the transaction group the object was made in: later than the base's for a number used anew
 * @param uid owner
 * @param gid group
 * @param parent the directory it remembers, that of the last link made: often stale
 * @param isAttribute whether it is a hidden directory of attributes or something in one; its parent is then the file the
 *     attributes belong to, or that hidden directory
 * @param mtime modification time, to the nanosecond
 * @param ctime change time, to the nanosecond
 * @param links number of links; 0 for a file that is removed but was open
 */
public record ObjectAttributes(
        int mode,
        long size,
        long generation,
        long uid,
        long gid,
        long parent,
        boolean isAttribute,
        Instant mtime,
        Instant ctime,
        long links) {}
