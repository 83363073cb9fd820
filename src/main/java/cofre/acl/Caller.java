package cofre.acl;

import java.util.Set;

/**
 * Who asks, as the kernel says.
 *
 * @param uid effective user number
 * @param groups all groups, the primary one among them
 */
public record Caller(long uid, Set<Long> groups) {
    private static final long ROOT = 0;

    public Caller {
        groups = Set.copyOf(groups);
    }

    /** Whether rights do not apply. */
    public boolean isRoot() {
        return uid == ROOT;
    }
}
