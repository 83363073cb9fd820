package cofre.fuse;

import cofre.browse.VersionTree.Listed;
import java.util.List;

/** An open directory and, once asked for, what it holds. Its listing belongs to {@link Listings} and its lock. */
final class DirectoryHandle {
    final Node node;
    List<Listed> listing;

    DirectoryHandle(Node node) {
        this.node = node;
    }
}
