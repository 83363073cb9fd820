package cofre.browse;

import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.NodeType;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Nodes as attributes. */
final class Looks {
    private static final int OPEN = 0755;
    private static final int GROUP_ONLY = 0750;
    private static final int CLOSED = 0700;

    private Looks() {}

    /** What a node is; empty for what restic calls irregular, which is not shown. */
    static Optional<EntryKind> kind(NodeType type) {
        return switch (type) {
            case FILE -> Optional.of(EntryKind.FILE);
            case DIR -> Optional.of(EntryKind.DIRECTORY);
            case SYMLINK -> Optional.of(EntryKind.SYMLINK);
            case BLOCK_DEVICE -> Optional.of(EntryKind.BLOCK_DEVICE);
            case CHAR_DEVICE -> Optional.of(EntryKind.CHAR_DEVICE);
            case FIFO -> Optional.of(EntryKind.FIFO);
            case SOCKET -> Optional.of(EntryKind.SOCKET);
            case IRREGULAR -> Optional.empty();
        };
    }

    /** Of an entry of a version. */
    static Attributes of(Spot spot, Node node) {
        Metadata known = node.metadata();
        return new Attributes(
                spot.inode(),
                spot.kind(),
                known.mode(),
                known.uid(),
                known.gid(),
                spot.kind() == EntryKind.DIRECTORY ? 1 : Math.max(1, known.links()),
                size(node),
                node.body() instanceof Node.DeviceBody device ? device.device() : 0,
                known.mtime(),
                known.atime(),
                known.ctime());
    }

    private static long size(Node node) {
        if (node.body() instanceof Node.FileBody file) {
            return file.size();
        }
        return node.body() instanceof Node.SymlinkBody link ? link.target().length : 0;
    }

    /** Of the top and of a share's directory; one with a group is for that alone. */
    static Attributes above(Spot spot, OptionalLong group, Instant time) {
        return made(spot, group.isPresent() ? GROUP_ONLY : OPEN, group.orElse(0), time);
    }

    /** Of a root the restore point says nothing of: nobody knows who might look into it, so only root may. */
    static Attributes unknown(Spot spot, Instant time) {
        return made(spot, CLOSED, 0, time);
    }

    private static Attributes made(Spot spot, int mode, long gid, Instant time) {
        return new Attributes(spot.inode(), spot.kind(), mode, 0, gid, 1, 0, 0, time, time, time);
    }
}
