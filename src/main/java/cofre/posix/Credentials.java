package cofre.posix;

import java.util.Set;

/**
 * What a process may use files as.
 *
 * @param uid user the file system goes by
 * @param gid group the file system goes by
 * @param groups the other groups; may hold {@code gid}
 */
public record Credentials(long uid, long gid, Set<Long> groups) {
    public Credentials {
        groups = Set.copyOf(groups);
    }
}
