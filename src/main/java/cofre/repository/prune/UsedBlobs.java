package cofre.repository.prune;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.Node;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.BlobMarks;
import cofre.repository.index.BlobMarks.Mark;
import cofre.repository.index.Trees;
import cofre.storage.BackendException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds which blobs restore points need, by reading every directory once. What is used is marked by its position in the
 * index, so that ten million blobs take two megabytes. For one thread.
 */
public final class UsedBlobs {
    /** How many missing blobs are named: enough to find them again, or to say what is wrong. */
    private static final int NAMED = 10_000;

    private final BlobMarks marks;
    private final BlobIndex newer;
    private final Trees trees;
    private final Consumer<BlobHandle> first;
    private final Predicate<BlobHandle> settled;
    private final Set<BlobHandle> missing = new HashSet<>();
    private final Set<BlobId> newerTrees = new HashSet<>();

    /**
     * A search.
     *
     * @param marks gets every used blob of its index
     * @param newer blobs added since that index was loaded, which are not marked
     * @param first is told of every blob when it is marked for the first time
     */
    public UsedBlobs(BlobMarks marks, BlobIndex newer, Trees trees, Consumer<BlobHandle> first) {
        this(marks, newer, trees, first, blob -> false);
    }

    /**
     * The same.
     *
     * @param settled blobs that are passed over, with all below them
     */
    public UsedBlobs(
            BlobMarks marks, BlobIndex newer, Trees trees, Consumer<BlobHandle> first, Predicate<BlobHandle> settled) {
        this.settled = settled;
        this.marks = marks;
        this.newer = newer;
        this.trees = trees;
        this.first = first;
    }

    /** All blobs below this root, and the root. Parts that were seen before are not looked at again. */
    public void below(BlobId root) throws BackendException, Trees.Unreadable, InterruptedException {
        Deque<BlobId> pending = new ArrayDeque<>(); // not recursion: a hostile tree may be deeper than any stack
        pending.push(root);
        while (!pending.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the prune was interrupted");
            }
            BlobId tree = pending.pop();
            if (isNew(BlobHandle.tree(tree))) {
                for (Node node : trees.read(tree).nodes()) {
                    if (node.body() instanceof Node.DirBody dir) {
                        pending.push(dir.subtree());
                    } else if (node.body() instanceof Node.FileBody file) {
                        file.content().forEach(chunk -> isNew(BlobHandle.data(chunk)));
                    }
                }
            }
        }
    }

    /** True the first time a blob that is in an index comes. */
    private boolean isNew(BlobHandle blob) {
        if (settled.test(blob)) {
            return false;
        }
        Mark mark = marks.mark(blob);
        if (mark == Mark.FIRST) {
            first.accept(blob);
        } else if (mark == Mark.ABSENT && newer.contains(blob)) {
            return blob.type() == BlobType.TREE && newerTrees.add(blob.id());
        } else if (mark == Mark.ABSENT && missing.size() < NAMED) {
            missing.add(blob);
        }
        return mark == Mark.FIRST;
    }

    /** Blobs that are needed but in no index, the first ten thousand. */
    public Set<BlobHandle> missing() {
        return Set.copyOf(missing);
    }
}
