package cofre.restore;

import cofre.format.BlobId;
import cofre.format.Tree;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads directories of a point before the walk comes to them, so that it does not wait for the store at each. For the
 * thread that walks.
 */
final class TreeAhead implements AutoCloseable {
    /** Enough for a line with 100 ms of latency; what is held of a tree is mostly a few KB. */
    private static final int MOST = 32;

    private static final int THREADS = 4;

    private final BlobReader reader;
    private final ExecutorService threads;
    private int held;

    TreeAhead(BlobReader reader) {
        this.reader = reader;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "cofre-trees");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A directory that will be needed. */
    final class Coming {
        private final BlobId id;
        private Future<Tree> tree;

        Coming(BlobId id) {
            this.id = id;
        }

        /** Begins to read it, unless enough are being read. False when they are. */
        boolean begin() {
            if (tree == null && held < MOST) {
                tree = threads.submit(() -> reader.tree(id));
                held++;
            }
            return tree != null;
        }

        /** The directory; call it once. */
        Tree get() throws BackendException, RepositoryException, InterruptedException {
            if (tree == null) {
                return reader.tree(id);
            }
            held--;
            try {
                return tree.get();
            } catch (ExecutionException e) {
                throw cause(e);
            }
        }

        private RepositoryException cause(ExecutionException e) throws BackendException {
            if (e.getCause() instanceof BackendException cause) {
                throw cause;
            }
            if (e.getCause() instanceof RepositoryException cause) {
                return cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException("cannot read directory " + id + ": " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
