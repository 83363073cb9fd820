package cofre.fuse;

import cofre.acl.Want;
import cofre.browse.BrowseException;
import cofre.browse.Spot;
import cofre.browse.VersionTree;
import cofre.posix.Errno;

/** Lets a request through or not. Where the kernel decides, everything that reaches us is let through. */
final class Gate {
    private final AccessMode access;
    private final VersionTree tree;
    private final CallerGroups groups;

    Gate(AccessMode access, VersionTree tree, CallerGroups groups) {
        this.access = access;
        this.tree = tree;
        this.groups = groups;
    }

    void require(Request request, Spot spot, Want want) throws Refusal, BrowseException {
        if (access == AccessMode.KERNEL) {
            return;
        }
        if (!tree.permits(groups.caller(request.uid(), request.gid(), request.pid()), spot, want)) {
            throw new Refusal(Errno.EACCES);
        }
    }
}
