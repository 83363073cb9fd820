package cofre.backup;

/**
 * Who makes restore points, as the record says it.
 *
 * @param hostname this host
 * @param username the daemon's user
 * @param uid its number
 * @param gid its group's number
 * @param programVersion what makes them, e.g. {@code cofre 0.1.0}
 */
public record Origin(String hostname, String username, long uid, long gid, String programVersion) {}
