package cofre.backup;

import cofre.format.BlobId;
import cofre.format.Node;
import cofre.format.Tree;
import cofre.path.RawName;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.util.List;
import java.util.Optional;

/**
 * A directory of the parent restore point, read in step with the live one: names must be asked for in ascending order.
 * For one thread.
 */
final class ParentDir {
    private static final ParentDir NONE = new ParentDir(List.of());

    private final List<Node> nodes;
    private int next;

    private ParentDir(List<Node> nodes) {
        this.nodes = nodes;
    }

    /** Nothing to compare with. */
    static ParentDir none() {
        return NONE;
    }

    /**
     * The directory whose tree this is. One that is damaged is no reason to stop: it means that everything below is read
     * again, which mends it.
     */
    static ParentDir load(BlobId tree, BlobReader reader, Progress progress) throws BackendException {
        try {
            Tree loaded = reader.tree(tree);
            return new ParentDir(loaded.nodes());
        } catch (RepositoryException e) {
            progress.message(
                    Level.WARNING,
                    "cannot compare with directory " + tree + " of the parent restore point: " + e.getMessage()
                            + "; everything below it is read again; run cofre check");
            return NONE;
        }
    }

    /** The node of that name, empty when there was none. */
    Optional<Node> find(RawName name) {
        while (next < nodes.size()) {
            Node node = nodes.get(next);
            int order = node.name().compareTo(name);
            if (order > 0) {
                break;
            }
            next++;
            if (order == 0) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }
}
