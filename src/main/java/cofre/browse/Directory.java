package cofre.browse;

import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.Xattr;
import cofre.path.RawName;
import java.util.List;

/** A decoded directory. Immutable. */
final class Directory {
    /** Objects of a node, by the layout of a 64-bit JVM with compressed pointers; times, names and ids counted apart. */
    private static final int NODE = 320;

    private static final int BLOB = 68;
    private static final int GENERIC = 200;

    private final List<Node> nodes;
    private final long weight;

    Directory(List<Node> nodes) {
        this.nodes = nodes;
        long sum = NODE;
        for (Node node : nodes) {
            sum += weight(node);
        }
        this.weight = sum;
    }

    private static long weight(Node node) {
        Metadata metadata = node.metadata();
        long sum = (long) NODE + node.name().length();
        for (Xattr xattr : metadata.xattrs()) {
            sum += 80 + xattr.length();
        }
        sum += metadata.generic().size() * (long) GENERIC;
        if (node.body() instanceof Node.FileBody file) {
            sum += file.content().size() * (long) BLOB;
        }
        return sum;
    }

    /** About how many bytes of memory it takes. */
    long weight() {
        return weight;
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Which entry has the name; negative when none has. */
    int find(RawName name) {
        int low = 0;
        int high = nodes.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = nodes.get(middle).name().compareTo(name);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
