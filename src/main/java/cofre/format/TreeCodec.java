package cofre.format;

import java.util.ArrayList;
import java.util.List;

/** Whole trees to tree blobs and back. {@link TreeEncoder} and {@link TreeReader} do it piece by piece. */
public final class TreeCodec {
    /** Largest tree blob written or read: bounds the memory one directory, or one forged blob, can take. */
    public static final int MAX_BYTES = 128 * 1024 * 1024;

    /** Largest value of an extended attribute written; readers take a little more. */
    public static final int MAX_XATTR = 16 * 1024 * 1024;

    private TreeCodec() {}

    /**
     * The tree as restic writes it; hash all of it for the blob's id.
     *
     * @throws FormatException when that is more than {@link #MAX_BYTES}
     */
    public static byte[] encode(Tree tree) throws FormatException {
        TreeEncoder encoder = new TreeEncoder();
        for (Node node : tree.nodes()) {
            encoder.add(node);
        }
        return encoder.finish();
    }

    /** The tree in this blob, all of it checked; see {@link TreeReader}. */
    public static Tree decode(byte[] bytes) throws FormatException {
        TreeReader reader = new TreeReader(bytes);
        List<Node> nodes = new ArrayList<>();
        while (reader.hasNext()) {
            nodes.add(reader.next());
        }
        return new Tree(nodes);
    }
}
