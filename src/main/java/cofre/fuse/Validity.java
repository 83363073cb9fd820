package cofre.fuse;

/**
 * How long the kernel may answer by itself, in seconds. Inside a version nothing changes, so it may for hours; the shares and
 * their versions come and go. Where the tree decides on rights, every look must reach it: Linux then may not keep a name at
 * all, FreeBSD asks for permission before it looks at its names.
 */
final class Validity {
    private static final long FIXED = 6 * 3600;
    private static final long CHANGING = 1;

    private final boolean names;
    private final boolean attributes;

    Validity(AccessMode access, boolean asksForEachComponent) {
        names = access == AccessMode.KERNEL || asksForEachComponent;
        attributes = access == AccessMode.KERNEL;
    }

    /** Of a name in a directory. */
    long name(Node directory) {
        return names ? seconds(directory) : 0;
    }

    /** Of the fact that a name is not there. */
    long absence(Node directory) {
        return names && directory.isFixed() ? FIXED : 0;
    }

    /** Of what is known of a node. */
    long attributes(Node node) {
        return attributes ? seconds(node) : 0;
    }

    private static long seconds(Node node) {
        return node.isFixed() ? FIXED : CHANGING;
    }
}
