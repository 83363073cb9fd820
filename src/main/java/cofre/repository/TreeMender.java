package cofre.repository;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.format.BlobType;
import cofre.format.FormatException;
import cofre.format.Node;
import cofre.format.Sha256;
import cofre.format.Tree;
import cofre.format.TreeEncoder;
import cofre.path.RawPath;
import cofre.storage.BackendException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes trees without what is lost: files of which a chunk is in no index are left out, directories that cannot be read are left
 * empty. What is whole keeps its tree. Each directory is read once, however many restore points have it. For one thread.
 */
final class TreeMender {
    /** Saves one tree. */
    interface Sink {
        /** Saves it, or only says what its id would be. */
        BlobId save(byte[] tree) throws BackendException, RepositoryException, InterruptedException;
    }

    /** Hears what is lost. */
    interface Losses {
        /** What was at this path, and why it is not there any more. */
        void lost(RawPath path, String why);
    }

    /** A directory being looked at. */
    private static final class Frame {
        final BlobId id;
        final RawPath path;
        final List<Node> nodes;
        final List<Node> mended = new ArrayList<>();
        int next;
        boolean changed;

        Frame(BlobId id, RawPath path, List<Node> nodes) {
            this.id = id;
            this.path = path;
            this.nodes = nodes;
        }
    }

    private final Repository repository;
    private final BlobReader reader;
    private final Sink sink;
    private final Map<BlobId, BlobId> done = new HashMap<>();

    TreeMender(Repository repository, BlobReader reader, Sink sink) {
        this.repository = repository;
        this.reader = reader;
        this.sink = sink;
    }

    /** Hashes instead of saving. */
    static Sink dry() {
        return tree -> new BlobId(Sha256.hash(tree));
    }

    /** Saves what is not known yet. */
    static Sink into(BlobSink sink) {
        return tree -> sink.save(BlobType.TREE, tree, 0, tree.length);
    }

    /**
     * The tree without what is lost, the same one when nothing is; empty when the root itself cannot be read.
     *
     * @param losses is told of what was not told of before
     */
    Optional<BlobId> mend(BlobId root, Losses losses)
            throws BackendException, RepositoryException, InterruptedException {
        if (done.containsKey(root)) {
            return Optional.of(done.get(root));
        }
        Deque<Frame> stack = new ArrayDeque<>(); // not recursion: a hostile tree may be deeper than any stack
        Optional<Frame> first = open(root, RawPath.ROOT, losses);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        stack.push(first.get());
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the repair was interrupted");
            }
            Frame frame = stack.peek();
            if (frame.next < frame.nodes.size()) {
                step(frame, stack, losses);
                continue;
            }
            BlobId result = frame.changed ? sink.save(encode(frame)) : frame.id;
            done.put(frame.id, result);
            stack.pop();
            if (stack.isEmpty()) {
                return Optional.of(result);
            }
        }
    }

    private Optional<Frame> open(BlobId id, RawPath path, Losses losses) throws BackendException {
        try {
            Tree tree = reader.tree(id);
            return Optional.of(new Frame(id, path, tree.nodes()));
        } catch (RepositoryException e) {
            losses.lost(path, e.getMessage());
            return Optional.empty();
        }
    }

    /** A directory that has to be looked at first is come back to. */
    private void step(Frame frame, Deque<Frame> stack, Losses losses)
            throws BackendException, RepositoryException, InterruptedException {
        Node node = frame.nodes.get(frame.next);
        RawPath path = frame.path.resolve(node.name());
        if (node.body() instanceof Node.DirBody dir) {
            BlobId mended = done.get(dir.subtree());
            if (mended == null) {
                Optional<Frame> below = open(dir.subtree(), path, losses);
                if (below.isPresent()) {
                    stack.push(below.get());
                    return;
                }
                mended = sink.save(new TreeEncoder().finish());
                done.put(dir.subtree(), mended);
            }
            put(frame, mended.equals(dir.subtree()) ? node : with(node, new Node.DirBody(mended)));
        } else if (node.body() instanceof Node.FileBody file) {
            file(frame, node, file, path, losses);
        } else {
            put(frame, node);
        }
    }

    private void file(Frame frame, Node node, Node.FileBody file, RawPath path, Losses losses) {
        long length = 0;
        for (BlobId chunk : file.content()) {
            BlobHandle blob = BlobHandle.data(chunk);
            Optional<BlobPlace> place = repository.index().find(blob);
            if (place.isEmpty() || !repository.isKept(blob)) {
                losses.lost(
                        path, "file content " + blob + " is " + (place.isEmpty() ? "in no index" : "known to be bad"));
                frame.next++;
                frame.changed = true;
                return;
            }
            length += place.get().blob().plainLength();
        }
        put(frame, length == file.size() ? node : with(node, new Node.FileBody(length, file.content())));
    }

    private static Node with(Node node, Node.Body body) {
        return new Node(node.name(), node.metadata(), body, node.error());
    }

    private static void put(Frame frame, Node node) {
        frame.changed |= !node.equals(frame.nodes.get(frame.next));
        frame.mended.add(node);
        frame.next++;
    }

    private static byte[] encode(Frame frame) throws RepositoryException {
        try {
            TreeEncoder encoder = new TreeEncoder();
            for (Node node : frame.mended) {
                encoder.add(node);
            }
            return encoder.finish();
        } catch (FormatException e) {
            throw new RepositoryException.Unsupported("cannot keep directory " + frame.path + ": " + e.getMessage()
                    + "; this restore point was not changed");
        }
    }
}
