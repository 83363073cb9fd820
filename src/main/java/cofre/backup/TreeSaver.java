package cofre.backup;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.FormatException;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.format.Sha256;
import cofre.path.RawPath;
import cofre.repository.BlobReader;
import cofre.repository.BlobSink;
import cofre.repository.RepositoryException;
import cofre.source.SourceException;
import cofre.storage.BackendException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Saves directories as tree blobs, from the bottom upwards. A directory is saved by whichever thread brings its last entry,
 * so nobody waits for a slow file. Thread-safe.
 */
final class TreeSaver implements AutoCloseable {
    private final BlobReader reader;
    private final BlobSink sink;
    private final RunCounts counts;
    private final Unreadable unreadable;
    private final Findings findings;
    private final RunFailure failure;
    private final Set<DirWork> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile Node rootNode;

    TreeSaver(
            BlobReader reader,
            BlobSink sink,
            RunCounts counts,
            Unreadable unreadable,
            Findings findings,
            RunFailure failure) {
        this.reader = reader;
        this.sink = sink;
        this.counts = counts;
        this.unreadable = unreadable;
        this.findings = findings;
        this.failure = failure;
    }

    /** This directory is being put together. */
    void begin(DirWork work) {
        open.add(work);
    }

    /** The entry at this place is this node. */
    void put(DirWork work, int place, Node node) {
        if (work.put(place, node)) {
            finish(work);
        }
    }

    /** There is to be nothing at this place. */
    void skip(DirWork work, int place) {
        put(work, place, null);
    }

    /** What is at this place could not be read: it is reported, and missing, and the next run looks for it again. */
    void leaveOut(DirWork work, int place, RawPath path, String why) {
        unreadable.add(path, why);
        findings.unfinished(work.number());
        put(work, place, null);
    }

    /** The walk has gone through all of the directory's entries. */
    void walked(DirWork work) {
        if (work.done()) {
            finish(work);
        }
    }

    /** The run cannot go on. */
    void fail(Throwable cause) {
        failure.set(cause);
        finished.countDown();
    }

    /** Throws what made the run impossible, if anything did. */
    void check() throws SourceException, BackendException, RepositoryException, InterruptedException {
        failure.check();
    }

    boolean hasFailed() {
        return failure.isSet();
    }

    /** Waits until the root is saved, or the run failed. */
    Node await() throws SourceException, BackendException, RepositoryException, InterruptedException {
        finished.await();
        failure.check();
        return rootNode;
    }

    /** Closes directories a failed run left open; only after its workers have ended. */
    @Override
    public void close() {
        open.forEach(work -> work.dir().close());
    }

    /** Saves a directory whose entries are all there, then those above it that were only waiting for it. */
    private void finish(DirWork complete) {
        DirWork work = complete;
        try {
            while (true) {
                open.remove(work);
                work.dir().close();
                Node node = save(work);
                if (work.above() == null) {
                    rootNode = node;
                    finished.countDown();
                    return;
                }
                if (!work.above().put(work.placeAbove(), node)) {
                    return;
                }
                work = work.above();
            }
        } catch (BackendException | RepositoryException | InterruptedException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private static byte[] encode(DirWork work) throws RepositoryException {
        try {
            return work.encode();
        } catch (FormatException e) {
            throw new RepositoryException.Unsupported("cannot keep directory " + work.path() + ": " + e.getMessage()
                    + "; no restore point was made; split the directory or exclude it");
        }
    }

    private Node save(DirWork work) throws BackendException, RepositoryException, InterruptedException {
        byte[] bytes = encode(work);
        // Below a directory of the parent that is damaged nothing was read, so others may be damaged too.
        if (reader.hasMetDamage()) {
            reader.makeSureOf(BlobHandle.tree(new BlobId(Sha256.hash(bytes))));
        }
        BlobId id = sink.save(BlobType.TREE, bytes, 0, bytes.length);
        Optional<BlobId> before = work.parentNode()
                .filter(node -> node.type() == NodeType.DIR)
                .map(node -> ((Node.DirBody) node.body()).subtree());
        if (before.isEmpty()) {
            counts.dirsNew.incrementAndGet();
        } else if (before.get().equals(id)) {
            counts.dirsUnmodified.incrementAndGet();
        } else {
            counts.dirsChanged.incrementAndGet();
        }
        return new Node(work.name(), work.metadata(), new Node.DirBody(id));
    }
}
