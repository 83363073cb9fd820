package cofre.format;

import cofre.path.RawName;
import java.util.Arrays;
import java.util.List;

/**
 * One entry of a tree.
 *
 * @param name its name
 * @param metadata what is known of it
 * @param body what it is, and its content
 * @param error what went wrong when it was read, empty for nothing (restic's {@code error} field)
 */
public record Node(RawName name, Metadata metadata, Body body, String error) {
    /** A node that was read without error. */
    public Node(RawName name, Metadata metadata, Body body) {
        this(name, metadata, body, "");
    }

    /** What the node is. */
    public NodeType type() {
        return body.type();
    }

    /** What a node is, and its content where it has one. */
    public sealed interface Body {
        /** The matching word of the format. */
        NodeType type();
    }

    /**
     * A regular file.
     *
     * @param size its length in bytes
     * @param content the data blobs that make it up, in order; empty for an empty file
     */
    public record FileBody(long size, List<BlobId> content) implements Body {
        public FileBody {
            content = List.copyOf(content);
            if (size < 0) {
                throw new IllegalArgumentException("cannot use file size " + size + " vs at least 0");
            }
        }

        @Override
        public NodeType type() {
            return NodeType.FILE;
        }
    }

    /**
     * A directory.
     *
     * @param subtree the tree blob that holds its entries
     */
    public record DirBody(BlobId subtree) implements Body {
        @Override
        public NodeType type() {
            return NodeType.DIR;
        }
    }

    /** A symbolic link. */
    public static final class SymlinkBody implements Body {
        private final byte[] target;

        /** A link to {@code target}, raw bytes, copied. */
        public SymlinkBody(byte[] target) {
            this.target = target.clone();
        }

        /** Where the link points to, raw bytes. */
        public byte[] target() {
            return target.clone();
        }

        @Override
        public NodeType type() {
            return NodeType.SYMLINK;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SymlinkBody link && Arrays.equals(target, link.target);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(target);
        }
    }

    /**
     * A block or character device.
     *
     * @param type {@link NodeType#BLOCK_DEVICE} or {@link NodeType#CHAR_DEVICE}
     * @param device {@code st_rdev}
     */
    public record DeviceBody(NodeType type, long device) implements Body {
        public DeviceBody {
            if (type != NodeType.BLOCK_DEVICE && type != NodeType.CHAR_DEVICE) {
                throw new IllegalArgumentException("cannot make a device of type " + type.text());
            }
        }
    }

    /**
     * Something without content: fifo, socket, or a thing restic calls irregular.
     *
     * @param type one of those three
     */
    public record SpecialBody(NodeType type) implements Body {
        public SpecialBody {
            if (type != NodeType.FIFO && type != NodeType.SOCKET && type != NodeType.IRREGULAR) {
                throw new IllegalArgumentException("cannot make a special node of type " + type.text());
            }
        }
    }
}
