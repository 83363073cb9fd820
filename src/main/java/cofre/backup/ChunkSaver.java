package cofre.backup;

import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.repository.BlobSink;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Lets the chunks of one big file be hashed, compressed and sealed by several threads while its reader goes on reading.
 * When all helpers are busy the reader does the work itself: no queue, and memory for as many chunks as there are
 * helpers. Thread-safe.
 */
final class ChunkSaver {
    private final BlobSink sink;
    private final Executor helpers;
    private final Semaphore idle;

    ChunkSaver(BlobSink sink, Executor helpers, int helperCount) {
        this.sink = sink;
        this.helpers = helpers;
        this.idle = new Semaphore(helperCount);
    }

    /** Gets the id of a chunk, or why there is none. */
    interface Result {
        void saved(BlobId id);

        void failed(Throwable failure);
    }

    /**
     * Saves a chunk. Returns when the bytes may be overwritten; the result may come before or after that, from any
     * thread.
     *
     * @param alone whether the file has no other chunk, so that handing over would cost more than it saves
     */
    void save(byte[] bytes, int offset, int length, boolean alone, Result result) {
        if (!alone && idle.tryAcquire()) {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            helpers.execute(() -> {
                try {
                    saveNow(copy, 0, length, result);
                } finally {
                    idle.release();
                }
            });
        } else {
            saveNow(bytes, offset, length, result);
        }
    }

    private void saveNow(byte[] bytes, int offset, int length, Result result) {
        try {
            result.saved(sink.save(BlobType.DATA, bytes, offset, length));
        } catch (Exception | Error e) {
            result.failed(e);
        }
    }
}
