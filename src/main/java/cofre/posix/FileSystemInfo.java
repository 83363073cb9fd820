package cofre.posix;

/**
 * A mounted file system.
 *
 * @param type {@code zfs}, {@code tmpfs}, {@code ufs} …; a number in hex for one Linux has no common name for
 * @param totalBytes its size
 * @param availableBytes what an ordinary user may still write
 * @param freeFiles files that may still be made; ZFS makes this up from the free space
 * @param id what the kernel tells it by; 0 where it does not say
 * @param readOnly whether it is mounted read-only
 */
public record FileSystemInfo(
        String type, long totalBytes, long availableBytes, long freeFiles, long id, boolean readOnly) {
    /** Whether it is ZFS. */
    public boolean isZfs() {
        return type.equals("zfs");
    }
}
