package cofre.walk;

import cofre.format.NodeType;
import cofre.posix.FileFlags;
import cofre.posix.FileKind;
import cofre.posix.FileStat;
import cofre.source.SourceStat;
import java.time.DateTimeException;
import java.time.Instant;

/** The system's metadata as the port's. */
final class Stats {
    private static final int BLOCK = 512;

    private Stats() {}

    static SourceStat of(FileStat stat) {
        return new SourceStat(
                type(stat.kind()),
                stat.mode(),
                stat.uid(),
                stat.gid(),
                stat.inode(),
                stat.links(),
                stat.size(),
                stat.blocks() * BLOCK,
                stat.rdev(),
                time(stat.mtimeSeconds(), stat.mtimeNanos()),
                time(stat.ctimeSeconds(), stat.ctimeNanos()),
                time(stat.atimeSeconds(), stat.atimeNanos()),
                time(stat.birthSeconds(), stat.birthNanos()),
                FileFlags.text(stat.flags()));
    }

    static NodeType type(FileKind kind) {
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

    /** A file system may hold seconds that no calendar knows: then the nearest one that it does. */
    private static Instant time(long seconds, int nanos) {
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            return seconds < 0 ? Instant.MIN : Instant.MAX;
        }
    }
}
