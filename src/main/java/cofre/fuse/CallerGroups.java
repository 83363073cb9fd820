package cofre.fuse;

import cofre.acl.Caller;

/** Finds all groups of who asks: a request carries only one. Thread-safe. */
@FunctionalInterface
interface CallerGroups {
    /** Who asks, with no group that is not certain. */
    Caller caller(long uid, long gid, int pid);
}
