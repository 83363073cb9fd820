package cofre.restore;

import cofre.format.BlobId;
import cofre.format.Node;
import cofre.format.PointTags;
import cofre.format.Snapshot;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Paths inside a restore point. Thread-safe. */
public final class PointPaths {
    private final Snapshot point;
    private final BlobReader reader;

    /** Of a point, by a reader whose index is loaded. */
    public PointPaths(Snapshot point, BlobReader reader) {
        this.point = point;
        this.reader = reader;
    }

    /**
     * Where a part of a point begins.
     *
     * @param path its path in the point
     * @param tree its tree
     * @param node its node; empty for the very top, which has none
     */
    record Place(RawPath path, BlobId tree, Optional<Node> node) {}

    /** What a person typed: with a leading slash from the point's top, otherwise from the share's root. */
    public RawPath typed(String text) throws BackendException, RepositoryException {
        RawPath path = RawPath.ofDisplay(text);
        return text.startsWith("/") ? path : root().path().resolve(path);
    }

    /**
     * The share's root. The top itself when the point covers several paths, or was made with a relative path, whose way
     * is not in the tree; the directory around it when a single file was backed up.
     */
    Place root() throws BackendException, RepositoryException {
        Place top = top();
        if (point.paths().size() != 1) {
            return top;
        }
        RawPath path = recorded(point.paths().get(0));
        Place at = top;
        for (RawName name : path.names()) {
            Optional<Node> node = child(at, name);
            if (node.isEmpty()) {
                return top;
            }
            if (!(node.get().body() instanceof Node.DirBody dir)) {
                return at;
            }
            at = new Place(at.path().resolve(name), dir.subtree(), node);
        }
        return at;
    }

    Place top() {
        return new Place(RawPath.ROOT, point.tree(), Optional.empty());
    }

    /** cofre writes paths as it shows them; restic as they are. */
    private RawPath recorded(String path) {
        try {
            return PointTags.isOwn(point) ? RawPath.ofDisplay(path) : RawPath.of(path.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return RawPath.ROOT;
        }
    }

    /**
     * The node at a path; empty for the top, which has none.
     *
     * @throws PointException.NoSuchPath when there is no such entry
     */
    public Optional<Node> node(RawPath path) throws BackendException, RepositoryException, PointException {
        Place at = top();
        Optional<Node> node = Optional.empty();
        List<RawName> names = path.names();
        for (int i = 0; i < names.size(); i++) {
            node = child(at, names.get(i));
            boolean last = i == names.size() - 1;
            if (node.isEmpty() || (!last && !(node.get().body() instanceof Node.DirBody))) {
                throw new PointException.NoSuchPath("cannot find \"" + path + "\" in the restore point: \"" + at.path()
                        + "\" has no " + (last ? "entry" : "directory") + " \"" + names.get(i)
                        + "\"; look with: cofre ls");
            }
            if (node.get().body() instanceof Node.DirBody dir) {
                at = new Place(at.path().resolve(names.get(i)), dir.subtree(), node);
            }
        }
        return node;
    }

    private Optional<Node> child(Place at, RawName name) throws BackendException, RepositoryException {
        return reader.tree(at.tree()).nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst();
    }
}
