package cofre.target;

import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Fd;
import cofre.posix.FileStat;
import java.util.ArrayDeque;
import java.util.Deque;

/** A directory or partial below the target's root; see {@link OpenSpots}, which guards all that changes in it. */
final class Spot {
    /** Null for the root. */
    final Spot parent;

    /** Null for the root. */
    final RawName name;

    final boolean isDirectory;
    private final long device;
    private final long inode;

    /** Null while it is not held open. */
    Fd fd;

    int leases;

    Spot(Spot parent, RawName name, boolean isDirectory, FileStat stat) {
        this.parent = parent;
        this.name = name;
        this.isDirectory = isDirectory;
        this.device = stat.device();
        this.inode = stat.inode();
    }

    boolean is(FileStat stat) {
        return stat.device() == device && stat.inode() == inode;
    }

    RawPath path() {
        Deque<RawName> names = new ArrayDeque<>();
        for (Spot at = this; at.parent != null; at = at.parent) {
            names.addFirst(at.name);
        }
        return new RawPath(names.stream().toList());
    }
}
