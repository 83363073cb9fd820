package cofre.backup;

import cofre.change.Catalogue;
import cofre.change.CatalogueException;
import cofre.format.BlobId;
import cofre.format.Node;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds things in the parent restore point by their number, wherever they were. The catalogue says where; the trees are
 * read and must agree. For one thread.
 */
final class OldTree {
    /** Directories whose entries are kept sorted by number. */
    private static final int KEPT = 16;

    /** Deeper than any path a system takes: a way that is longer goes in circles. */
    private static final int MAX_DEPTH = 10_000;

    private final Catalogue catalogue;
    private final BlobReader reader;
    private final BlobId root;
    private final Map<BlobId, Map<Long, Node>> trees = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BlobId, Map<Long, Node>> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * The tree of the parent restore point.
     *
     * @param root the share's root directory in it
     */
    OldTree(Catalogue catalogue, BlobReader reader, BlobId root) {
        this.catalogue = catalogue;
        this.reader = reader;
        this.root = root;
    }

    /** The object's node; of one with several names any of them. Empty when it cannot be found. */
    Optional<Node> find(long object) throws BackendException, CatalogueException {
        for (long directory : parents(object)) {
            Optional<BlobId> tree = treeOf(directory);
            if (tree.isPresent()) {
                Node node = entries(tree.get()).get(object);
                if (node != null) {
                    return Optional.of(node);
                }
            }
        }
        return Optional.empty();
    }

    private List<Long> parents(long object) throws CatalogueException {
        List<Long> parents = new ArrayList<>(1);
        catalogue.parents(object, parents::add);
        return parents;
    }

    /** The tree of a directory, by going up to the root and down again. A directory has one name. */
    private Optional<BlobId> treeOf(long directory) throws BackendException, CatalogueException {
        List<Long> way = new ArrayList<>();
        for (long at = directory; at != Catalogue.ROOT_DIR; ) {
            List<Long> above = parents(at);
            if (above.isEmpty() || way.size() > MAX_DEPTH) {
                return Optional.empty();
            }
            way.add(at);
            at = above.get(above.size() - 1);
        }
        BlobId tree = root;
        for (int i = way.size() - 1; i >= 0; i--) {
            Node node = entries(tree).get(way.get(i));
            if (node == null || !(node.body() instanceof Node.DirBody body)) {
                return Optional.empty();
            }
            tree = body.subtree();
        }
        return Optional.of(tree);
    }

    private Map<Long, Node> entries(BlobId tree) throws BackendException {
        Map<Long, Node> known = trees.get(tree);
        if (known == null) {
            known = read(tree);
            trees.put(tree, known);
        }
        return known;
    }

    /** A damaged tree holds nothing that can be taken over. */
    private Map<Long, Node> read(BlobId tree) throws BackendException {
        Map<Long, Node> entries = new HashMap<>();
        try {
            reader.tree(tree)
                    .nodes()
                    .forEach(node -> entries.put(node.metadata().inode(), node));
        } catch (RepositoryException e) {
            entries.clear(); // the run finds out by itself that the reader has met damage
        }
        return entries;
    }
}
