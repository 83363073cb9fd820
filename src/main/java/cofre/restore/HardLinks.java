package cofre.restore;

import cofre.format.Metadata;
import cofre.format.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Which names of a point are one file. The first name met gets the content, the others are linked to it. Inode numbers
 * alone are not believed: a point made of several file systems may have the same twice, so content must be equal too.
 * For one thread.
 */
final class HardLinks {
    private record Key(long inode, long device, Node.Body body) {}

    /**
     * The first name of a file.
     *
     * @param dir where it is
     * @param node its node
     * @param stands whether it is there by now, whole
     */
    record Leader(OpenDir dir, Node node, BooleanSupplier stands) {}

    private final Map<Key, Leader> leaders = new HashMap<>();

    /** The name to link this one to; empty when it is the first or only one. */
    Optional<Leader> leaderOf(Node node) {
        return isShared(node) ? Optional.ofNullable(leaders.get(key(node))) : Optional.empty();
    }

    /** Later names of the same file are linked to this one. */
    void lead(OpenDir dir, Node node, BooleanSupplier stands) {
        if (isShared(node)) {
            leaders.putIfAbsent(key(node), new Leader(dir, node, stands));
        }
    }

    private static boolean isShared(Node node) {
        Metadata metadata = node.metadata();
        return metadata.links() > 1 && metadata.inode() != 0 && !(node.body() instanceof Node.DirBody);
    }

    private static Key key(Node node) {
        return new Key(node.metadata().inode(), node.metadata().deviceId(), node.body());
    }
}
