package cofre.fuse;

import cofre.browse.BrowseException;
import cofre.browse.VersionTree;
import cofre.browse.VersionTree.Listed;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What open directories hold. Entries of all of them together are bounded: the listing used least lately is given up, and
 * made again when it is asked for, in the same order. Thread-safe.
 */
final class Listings {
    private final VersionTree tree;
    private final long limit;
    private final Set<DirectoryHandle> kept = new LinkedHashSet<>();
    private long entries;

    /** {@code limit}: entries kept. */
    Listings(VersionTree tree, long limit) {
        this.tree = tree;
        this.limit = limit;
    }

    /** What the directory holds; {@code anew} when it is read from its start again. */
    List<Listed> of(DirectoryHandle handle, boolean anew) throws BrowseException {
        List<Listed> known = touch(handle);
        if (known != null && (handle.node.isFixed() || !anew)) {
            return known;
        }
        List<Listed> fresh = tree.list(handle.node.spot);
        keep(handle, fresh);
        return fresh;
    }

    private synchronized List<Listed> touch(DirectoryHandle handle) {
        if (kept.remove(handle)) {
            kept.add(handle);
        }
        return handle.listing;
    }

    private synchronized void keep(DirectoryHandle handle, List<Listed> listing) {
        drop(handle);
        handle.listing = listing;
        kept.add(handle);
        entries += listing.size();
        Iterator<DirectoryHandle> oldest = kept.iterator();
        while (entries > limit && oldest.hasNext()) {
            DirectoryHandle old = oldest.next();
            if (old != handle) {
                oldest.remove();
                forget(old);
            }
        }
    }

    /** The directory is not open any more. */
    synchronized void drop(DirectoryHandle handle) {
        if (kept.remove(handle)) {
            forget(handle);
        }
    }

    private void forget(DirectoryHandle handle) {
        entries -= handle.listing.size();
        handle.listing = null;
    }
}
