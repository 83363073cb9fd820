package cofre.browse;

import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.Xattr;
import cofre.path.RawName;
import java.util.List;

/** A directory all of whose nodes are in memory. Immutable. */
final class SmallDirectory implements Directory {
    /** Objects of a node, by the layout of a 64-bit JVM with compressed pointers; times, names and ids counted apart. */
    private static final int NODE = 320;

    private static final int BLOB = 68;
    private static final int GENERIC = 200;

    private final List<Node> nodes;
    private final long weight;

    SmallDirectory(List<Node> nodes) {
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

    @Override
    public long weight() {
        return weight;
    }

    @Override
    public int count() {
        return nodes.size();
    }

    @Override
    public Node node(int position) {
        return nodes.get(position);
    }

    @Override
    public void each(Visitor visitor) {
        for (int i = 0; i < nodes.size(); i++) {
            visitor.entry(i, nodes.get(i));
        }
    }

    @Override
    public int find(RawName name) {
        return Directory.search(nodes.size(), i -> nodes.get(i).name().compareTo(name));
    }
}
