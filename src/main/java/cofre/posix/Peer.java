package cofre.posix;

/**
 * Who is at the other end of a Unix socket, by the kernel's word at the moment it connected.
 *
 * @param uid effective user, 0 to 2^32-1
 * @param gid effective primary group, 0 to 2^32-1
 * @param pid its process, or -1 where the system does not tell
 */
public record Peer(long uid, long gid, int pid) {}
