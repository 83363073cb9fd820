package cofre.control;

import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** Says who may use the control socket. */
@FunctionalInterface
public interface AccessRule {
    /** Whether this caller may send a request. */
    boolean admits(Caller caller);

    /**
     * Root, the daemon's own user, and one group.
     *
     * @param ownUid the daemon's user
     * @param group the group's number; empty: no group
     * @param isMember whether a user is a member of that group by the group database
     */
    static AccessRule of(long ownUid, OptionalLong group, LongPredicate isMember) {
        return caller -> caller.uid() == 0
                || caller.uid() == ownUid
                || (group.isPresent() && (caller.gid() == group.getAsLong() || isMember.test(caller.uid())));
    }
}
