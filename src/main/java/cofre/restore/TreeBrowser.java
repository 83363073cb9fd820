package cofre.restore;

import cofre.format.BlobId;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.format.Snapshot;
import cofre.path.Display;
import cofre.path.RawPath;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/** Lists what is in a restore point, reading one directory at a time: memory does not grow with the point. */
public final class TreeBrowser {
    private final BlobReader reader;

    /** By a reader whose index is loaded. */
    public TreeBrowser(BlobReader reader) {
        this.reader = reader;
    }

    /**
     * One entry of a point.
     *
     * @param path from the point's top
     * @param type what it is
     * @param mode permission bits, 07777
     * @param uid owner
     * @param gid group
     * @param user owner's name then, may be empty; escape before showing, as the next
     * @param group group's name then, may be empty
     * @param size bytes of a file, otherwise 0
     * @param mtime modification time
     * @param linkTarget of a symbolic link, escaped as {@link Display} does
     */
    public record Row(
            RawPath path,
            NodeType type,
            int mode,
            long uid,
            long gid,
            String user,
            String group,
            long size,
            Instant mtime,
            Optional<String> linkTarget) {}

    /** Gets the rows. */
    public interface Rows {
        /** The next entry; false ends the listing. */
        boolean row(Row row);

        /** A directory cannot be read; its entries are left out and the listing goes on. */
        void unreadable(RawPath directory, String why);
    }

    private record Level(RawPath path, Iterator<Node> nodes) {}

    /**
     * Lists a directory's entries in the order of their names, or the one entry that is no directory.
     *
     * @param recursive whether directories are followed by what is below them
     * @throws PointException.NoSuchPath when there is no such entry
     */
    public void list(Snapshot point, RawPath path, boolean recursive, Rows rows)
            throws BackendException, RepositoryException, PointException, InterruptedException {
        Optional<Node> start = new PointPaths(point, reader).node(path);
        if (start.isPresent() && !(start.get().body() instanceof Node.DirBody)) {
            rows.row(row(path, start.get()));
            return;
        }
        BlobId tree = start.map(node -> ((Node.DirBody) node.body()).subtree()).orElse(point.tree());
        Deque<Level> levels = new ArrayDeque<>();
        enter(levels, path, tree, rows);
        while (!levels.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the listing was ended");
            }
            Level level = levels.peek();
            if (!level.nodes().hasNext()) {
                levels.pop();
                continue;
            }
            Node node = level.nodes().next();
            RawPath at = level.path().resolve(node.name());
            if (!rows.row(row(at, node))) {
                return;
            }
            if (recursive && node.body() instanceof Node.DirBody dir) {
                enter(levels, at, dir.subtree(), rows);
            }
        }
    }

    private void enter(Deque<Level> levels, RawPath path, BlobId tree, Rows rows) throws BackendException {
        try {
            levels.push(new Level(path, reader.tree(tree).nodes().iterator()));
        } catch (RepositoryException e) {
            rows.unreadable(path, e.getMessage());
        }
    }

    private static Row row(RawPath path, Node node) {
        return new Row(
                path,
                node.type(),
                node.metadata().mode(),
                node.metadata().uid(),
                node.metadata().gid(),
                node.metadata().user(),
                node.metadata().group(),
                node.body() instanceof Node.FileBody file ? file.size() : 0,
                node.metadata().mtime(),
                node.body() instanceof Node.SymlinkBody link
                        ? Optional.of(Display.text(link.target()))
                        : Optional.empty());
    }
}
