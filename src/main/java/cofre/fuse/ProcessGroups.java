package cofre.fuse;

import cofre.acl.Caller;
import cofre.posix.Credentials;
import cofre.posix.FuseSystem;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The groups the asking process has now. They are looked up for each request and not kept: smbd is one process that becomes
 * one user after the other, and a request waits for us, so its thread cannot change meanwhile. When the process is not who
 * the request says (the kernel asks on behalf of somebody, or the process is of another namespace), only the request's own
 * group counts.
 */
final class ProcessGroups implements CallerGroups {
    private final FuseSystem system;

    ProcessGroups(FuseSystem system) {
        this.system = system;
    }

    @Override
    public Caller caller(long uid, long gid, int pid) {
        Set<Long> groups = new HashSet<>();
        groups.add(gid);
        if (uid != 0) {
            Optional<Credentials> now = system.credentials(pid);
            now.filter(c -> c.uid() == uid && c.gid() == gid).ifPresent(c -> groups.addAll(c.groups()));
        }
        return new Caller(uid, groups);
    }
}
