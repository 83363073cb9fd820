package cofre.backup;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.FormatException;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.Sha256;
import cofre.format.Snapshot;
import cofre.format.Tree;
import cofre.format.TreeCodec;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.BlobReader;
import cofre.repository.BlobSink;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way from the top of a restore point's tree to the share's root. restic keeps absolute paths: a restore point of
 * {@code /tank/obras} has a top tree with {@code tank}, which holds {@code obras}. The directories on the way are not part
 * of the share: they get its times, so that an unchanged share keeps its tree id, and plain rights.
 */
final class RootPath {
    private static final int PLAIN_MODE = 0755;

    private final RawPath root;
    private final BlobReader reader;

    RootPath(RawPath root, BlobReader reader) {
        if (root.isRoot()) {
            throw new IllegalArgumentException("cannot back up /: the whole system vs a share's directory");
        }
        this.root = root;
        this.reader = reader;
    }

    /** The share root's own name. */
    RawName lastName() {
        return root.names().get(root.names().size() - 1);
    }

    /** The share root's node in an earlier restore point, empty when that has no such directory. */
    Optional<Node> find(Snapshot point, Progress progress) throws BackendException {
        Optional<BlobId> tree = Optional.of(point.tree());
        Optional<Node> node = Optional.empty();
        for (RawName name : ParentChoice.rootIn(point).orElse(root).names()) {
            if (tree.isEmpty()) {
                return Optional.empty();
            }
            node = ParentDir.load(tree.get(), reader, progress).find(name);
            tree = node.filter(n -> n.body() instanceof Node.DirBody).map(n -> ((Node.DirBody) n.body()).subtree());
        }
        return node;
    }

    /** Saves the trees above the share's root and returns the top one. */
    BlobId wrap(Node share, BlobSink sink) throws BackendException, RepositoryException, InterruptedException {
        Node node = share;
        for (int depth = root.names().size() - 1; ; depth--) {
            byte[] tree = encode(node);
            reader.makeSureOf(BlobHandle.tree(new BlobId(Sha256.hash(tree))));
            BlobId id = sink.save(BlobType.TREE, tree, 0, tree.length);
            if (depth == 0) {
                return id;
            }
            node = new Node(root.names().get(depth - 1), above(share.metadata()), new Node.DirBody(id));
        }
    }

    private static byte[] encode(Node only) {
        try {
            return TreeCodec.encode(new Tree(List.of(only)));
        } catch (FormatException e) {
            throw new IllegalStateException("a tree of one directory is never too large", e);
        }
    }

    private static Metadata above(Metadata share) {
        return new Metadata(
                PLAIN_MODE, share.mtime(), share.mtime(), share.mtime(), 0, 0, "", "", 0, 0, 0, List.of(), Map.of());
    }
}
