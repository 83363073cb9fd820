package cofre.backup;

import cofre.format.BlobId;
import cofre.format.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * One file being read: collects the ids of its chunks, which come from several threads in any order, and is finished when
 * the last one is there and the reader has reached the end.
 */
final class FileReading {
    private final BiConsumer<Node.FileBody, Throwable> whenFinished;
    private final List<BlobId> ids = new ArrayList<>(1); // guarded by this, as is all below
    private int awaited = 1; // the reader itself
    private long size;
    private Throwable failure;

    /** A reading that ends with a body or, when that is null, a failure. */
    FileReading(BiConsumer<Node.FileBody, Throwable> whenFinished) {
        this.whenFinished = whenFinished;
    }

    /** One more chunk of so many bytes; its id goes to the place this gives. */
    synchronized ChunkSaver.Result next(int length) {
        int place = ids.size();
        ids.add(null);
        awaited++;
        size += length;
        return new ChunkSaver.Result() {
            @Override
            public void saved(BlobId id) {
                synchronized (FileReading.this) {
                    ids.set(place, id);
                }
                oneDone();
            }

            @Override
            public void failed(Throwable cause) {
                fail(cause);
                oneDone();
            }
        };
    }

    /** One more chunk, which is in the repository already. */
    synchronized void known(BlobId id, long length) {
        ids.add(id);
        size += length;
    }

    /** How many bytes the chunks so far have. */
    synchronized long size() {
        return size;
    }

    /** Keeps the first failure. */
    synchronized void fail(Throwable cause) {
        failure = failure == null ? cause : failure;
    }

    /** The reader has reached the end (or given up after {@link #fail}). */
    void ended() {
        oneDone();
    }

    private void oneDone() {
        Node.FileBody body;
        Throwable cause;
        synchronized (this) {
            if (--awaited > 0) {
                return;
            }
            cause = failure;
            body = cause == null ? new Node.FileBody(size, ids) : null;
        }
        whenFinished.accept(body, cause);
    }
}
