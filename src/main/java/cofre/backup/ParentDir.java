package cofre.backup;

import cofre.format.BlobId;
import cofre.format.Node;
import cofre.path.RawName;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A directory of the parent restore point, read in step with the live one: names must be asked for in ascending order.
 * For one thread.
 */
final class ParentDir {
    private final List<Node> nodes;
    private final boolean whole;
    private int next;

    private ParentDir(List<Node> nodes, boolean whole) {
        this.nodes = nodes;
        this.whole = whole;
    }

    /** Nothing to compare with. */
    static ParentDir none() {
        return new ParentDir(List.of(), false);
    }

    /**
     * The directory whose tree this is. One that is damaged is no reason to stop: it means that everything below is read
     * again, which mends it.
     */
    static ParentDir load(BlobId tree, BlobReader reader, Progress progress) throws BackendException {
        try {
            return new ParentDir(reader.tree(tree).nodes(), true);
        } catch (RepositoryException e) {
            progress.message(
                    Level.WARNING,
                    "cannot compare with directory " + tree + " of the parent restore point: " + e.getMessage()
                            + "; everything below it is read again; run cofre check");
            return none();
        }
    }

    /** Whether it is all there: then what it does not name was not there. */
    boolean isWhole() {
        return whole;
    }

    /** What it held, in order of the names. */
    List<Node> nodes() {
        return nodes;
    }

    /** The node of that name, empty when there was none. */
    Optional<Node> find(RawName name) {
        return find(name, gone -> {});
    }

    /** As {@link #find(RawName)}; nodes passed over, which nobody asked for, go to {@code passed}. */
    Optional<Node> find(RawName name, Consumer<Node> passed) {
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
            passed.accept(node);
        }
        return Optional.empty();
    }

    /** Passes over all that are left. */
    void rest(Consumer<Node> passed) {
        while (next < nodes.size()) {
            passed.accept(nodes.get(next++));
        }
    }
}
