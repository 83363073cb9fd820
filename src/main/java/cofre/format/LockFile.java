package cofre.format;

import java.time.ZonedDateTime;

/**
 * Who works on a repository.
 *
 * @param time when the lock was made or last refreshed
 * @param exclusive whether nobody else may work
 * @param hostname of the holder
 * @param username of the holder
 * @param pid of the holder on that host
 * @param uid of the holder
 * @param gid of the holder
 */
public record LockFile(
        ZonedDateTime time, boolean exclusive, String hostname, String username, long pid, long uid, long gid) {}
