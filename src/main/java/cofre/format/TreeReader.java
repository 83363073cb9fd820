package cofre.format;

import cofre.path.RawName;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Reads a tree blob node by node, so that a huge directory never lies in memory as objects at once. Takes all that restic
 * 0.14 to 0.18 write; refuses names that are not one component of a path, names not strictly ascending, and any field that
 * is not what it must be. The blob counts as good only once {@link #hasNext} has answered false. Not thread-safe.
 */
public final class TreeReader {
    /** How many entries a directory may have: {@link TreeCodec#MAX_BYTES} of the shortest nodes restic writes hold fewer. */
    static final int MAX_NODES = 1_000_000;

    private final JsonInput in;
    private final NodeReader nodes;
    private boolean isInNodes;
    private boolean hasNode;
    private int count;
    private Optional<RawName> last = Optional.empty();

    /** Reads all of {@code tree}, which must not change meanwhile. */
    public TreeReader(byte[] tree) throws FormatException {
        this(tree, 0, tree.length);
    }

    /** Reads {@code length} bytes at {@code offset}, which must not change meanwhile. */
    public TreeReader(byte[] bytes, int offset, int length) throws FormatException {
        this.in = new JsonInput("tree", bytes, offset, length, TreeCodec.MAX_BYTES);
        this.nodes = new NodeReader(in);
        if (!findNodes()) {
            throw in.bad("an object without nodes", "a list of nodes");
        }
        isInNodes = !in.isNull();
        if (isInNodes) {
            in.array();
        }
        advance();
    }

    private boolean findNodes() throws FormatException {
        while (in.nextField()) {
            if (in.field().equals("nodes")) {
                return true;
            }
            in.skip();
        }
        return false;
    }

    private void advance() throws FormatException {
        hasNode = isInNodes && in.nextElement();
        if (hasNode) {
            return;
        }
        isInNodes = false;
        if (findNodes()) {
            throw in.bad("a second list of nodes", "one");
        }
        in.end();
    }

    /** Whether another node follows; the end of the blob is checked when none does. */
    public boolean hasNext() {
        return hasNode;
    }

    /**
     * Where the next node begins, in bytes from the blob's start, so that a part of a huge directory can be read again
     * alone. Asked for while {@link #hasNext}.
     */
    public int offset() {
        return (int) in.offset();
    }

    /** The next node. */
    public Node next() throws FormatException {
        if (!hasNode) {
            throw new NoSuchElementException("cannot read a node past the end of a tree");
        }
        if (++count > MAX_NODES) {
            throw new FormatException("cannot read tree: over " + MAX_NODES + " nodes vs at most that");
        }
        Node node = nodes.read();
        if (last.isPresent() && last.get().compareTo(node.name()) >= 0) {
            throw new FormatException("cannot read tree: \"" + node.name() + "\" comes after \"" + last.get()
                    + "\" vs strictly ascending names");
        }
        last = Optional.of(node.name());
        advance();
        return node;
    }
}
