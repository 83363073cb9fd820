package cofre.fuse;

import cofre.posix.Errno;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** READ, on threads of its own: a store that is slow holds up nothing else. Thread-safe. */
final class ReadPool {
    /** Reads that may wait for a thread; the kernel itself sends about as many ahead for one file at most. */
    private static final int QUEUE = 1024;

    private final Handles<FileHandle> handles;
    private final Replies replies;
    private final Faults faults;
    private final ThreadPoolExecutor threads;
    private final ThreadLocal<Buffers> buffers = ThreadLocal.withInitial(Buffers::new);

    /** One thread's memory, grown to what was asked of it. */
    private static final class Buffers {
        byte[] content = new byte[128 * 1024];
        final Answer answer = new Answer(content.length);

        void ensure(int length) {
            if (content.length < length) {
                content = new byte[length];
                answer.ensure(length);
            }
        }
    }

    ReadPool(Handles<FileHandle> handles, Replies replies, Faults faults, int count) {
        this.handles = handles;
        this.replies = replies;
        this.faults = faults;
        threads = new ThreadPoolExecutor(
                count, count, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), Daemons.named("fuse-read"));
        threads.allowCoreThreadTimeOut(true);
    }

    /** {@code fh(64) offset(64) size …}. Takes from the request what it needs before it returns. */
    void submit(Request request, Pending pending) throws Refusal {
        FileHandle handle = handles.get(request.u64(0));
        long offset = request.u64(8);
        int size = request.u32(16);
        if (offset < 0 || size < 0 || size > Handshake.MAX_READ) {
            throw new Refusal(Errno.EINVAL);
        }
        try {
            threads.execute(() -> read(handle, offset, size, pending));
        } catch (RejectedExecutionException e) {
            throw new Refusal(Errno.EIO);
        }
    }

    private void read(FileHandle handle, long offset, int size, Pending pending) {
        if (pending.isAnswered()) {
            return;
        }
        try {
            Buffers mine = buffers.get();
            mine.ensure(size);
            int got = handle.read(offset, mine.content, size);
            mine.answer.begin();
            mine.answer.raw(mine.content, got);
            replies.succeed(pending, mine.answer);
        } catch (Throwable t) {
            replies.fail(pending, faults.errnoOf(t, pending));
        }
    }

    void stop() {
        threads.shutdownNow();
    }

    boolean awaitEnd(long millis) throws InterruptedException {
        return threads.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }
}
