package cofre.backup;

import cofre.format.Metadata;
import cofre.format.NodeType;
import cofre.format.Xattr;
import cofre.source.SourceStat;
import java.util.List;
import java.util.Map;

/**
 * Makes metadata the way restic does. Access times are not kept (reading changes them), so the tree of an unchanged
 * directory keeps its id; device numbers neither, since each mount of a ZFS snapshot has another one.
 */
final class Nodes {
    private final Owners owners;

    Nodes(Owners owners) {
        this.owners = owners;
    }

    Metadata metadata(SourceStat stat, List<Xattr> xattrs) {
        return new Metadata(
                stat.mode(),
                stat.mtime(),
                stat.mtime(),
                stat.ctime(),
                stat.uid(),
                stat.gid(),
                owners.user(stat.uid()),
                owners.group(stat.gid()),
                stat.inode(),
                0,
                keepsLinks(stat.type()) ? stat.links() : 0,
                xattrs,
                Map.of());
    }

    private static boolean keepsLinks(NodeType type) {
        return switch (type) {
            case FILE, SYMLINK, BLOCK_DEVICE, CHAR_DEVICE -> true;
            case DIR, FIFO, SOCKET, IRREGULAR -> false;
        };
    }

    /**
     * The same content and attributes under what the file system says now. Attributes come from the parent: changing one
     * changes the ctime, and then the file counts as changed.
     */
    Metadata unchanged(SourceStat stat, Metadata parent) {
        return metadata(stat, parent.xattrs());
    }
}
