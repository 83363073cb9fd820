package cofre.fuse;

/** Who decides what a user may see. */
public enum AccessMode {
    /** The kernel, by the modes and POSIX ACLs of the version. Linux only. */
    KERNEL,
    /**
     * The tree ({@link cofre.browse.VersionTree#permits}), asked for every single request; modes are shown as readable for
     * all, so that nobody else decides by them.
     */
    DAEMON
}
