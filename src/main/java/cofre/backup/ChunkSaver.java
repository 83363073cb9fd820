package cofre.backup;

import cofre.chunk.Chunker;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.repository.BlobSink;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
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
    /** Memory of copies made before, as many as there are helpers at most: a new array for each would have to be cleared. */
    private final Deque<byte[]> used = new ConcurrentLinkedDeque<>();

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
            byte[] copy = room(length);
            System.arraycopy(bytes, offset, copy, 0, length);
            helpers.execute(() -> {
                try {
                    saveNow(copy, 0, length, result);
                } finally {
                    used.push(copy);
                    idle.release();
                }
            });
        } else {
            saveNow(bytes, offset, length, result);
        }
    }

    private byte[] room(int length) {
        byte[] room = used.poll();
        return room == null || room.length < length ? new byte[Math.min(length + length / 2, Chunker.MAX)] : room;
    }

    private void saveNow(byte[] bytes, int offset, int length, Result result) {
        try {
            result.saved(sink.save(BlobType.DATA, bytes, offset, length));
        } catch (Exception | Error e) {
            result.failed(e);
        }
    }
}
