package cofre.target;

import cofre.format.NodeType;
import cofre.posix.FileKind;
import cofre.posix.FileStat;
import cofre.restore.TargetEntry;
import java.time.Instant;

/** Metadata of the system in the port's words. */
final class Entries {
    private record Identity(long device, long inode) {}

    private Entries() {}

    static TargetEntry of(FileStat stat) {
        return new TargetEntry(
                type(stat.kind()),
                stat.mode(),
                stat.uid(),
                stat.gid(),
                stat.links(),
                stat.size(),
                Instant.ofEpochSecond(stat.mtimeSeconds(), stat.mtimeNanos()),
                new Identity(stat.device(), stat.inode()));
    }

    private static NodeType type(FileKind kind) {
        return switch (kind) {
            case FILE -> NodeType.FILE;
            case DIRECTORY -> NodeType.DIR;
            case SYMLINK -> NodeType.SYMLINK;
            case BLOCK_DEVICE -> NodeType.BLOCK_DEVICE;
            case CHARACTER_DEVICE -> NodeType.CHAR_DEVICE;
            case FIFO -> NodeType.FIFO;
            case SOCKET -> NodeType.SOCKET;
            case UNKNOWN -> NodeType.IRREGULAR;
        };
    }
}
