package cofre.fuse;

import cofre.browse.Spot;
import cofre.path.RawName;

/** A spot the kernel knows under a number. Its counts belong to {@link NodeTable} and its lock. */
final class Node {
    /** Steps below the top at which a version begins; nothing changes from there on. */
    private static final int VERSION_DEPTH = 2;

    final long id;
    final Spot spot;
    final Node parent;
    final RawName name;
    private final int depth;
    long lookups;
    int children;

    /** The top has neither parent nor name. */
    Node(long id, Spot spot, Node parent, RawName name) {
        this.id = id;
        this.spot = spot;
        this.parent = parent;
        this.name = name;
        depth = parent == null ? 0 : parent.depth + 1;
    }

    /** Whether it and all below it stays as it is. */
    boolean isFixed() {
        return depth >= VERSION_DEPTH;
    }
}
