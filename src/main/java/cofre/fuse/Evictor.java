package cofre.fuse;

import cofre.posix.Errno;
import cofre.posix.PosixException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks the kernel to let go of names it has not used for long when it remembers too many; it then forgets their nodes. On a
 * thread of its own, as the kernel may hold up the asker until a request in the same directory is answered.
 */
final class Evictor implements Runnable {
    /** FUSE_NOTIFY_INVAL_ENTRY, which stands where an answer has its error, with 0 for the number of the request. */
    private static final int INVALIDATE_ENTRY = 3;

    private static final int BATCH = 512;
    private static final long IDLE_MILLIS = 500;
    private static final long PAUSE_MILLIS = 20;

    private final NodeTable nodes;
    private final Device device;
    private final Answer message = new Answer(NodeOperations.LONGEST_NAME + 32);
    private final CountDownLatch stopped = new CountDownLatch(1);

    Evictor(NodeTable nodes, Device device) {
        this.nodes = nodes;
        this.device = device;
    }

    @Override
    public void run() {
        try {
            // The kernel's forgetting comes a little later, or not at all for what is in use: no hurry.
            while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                if (nodes.awaitTooMany(IDLE_MILLIS)) {
                    for (Node node : nodes.oldest(BATCH)) {
                        invalidate(node);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code parent(64) namelen flags name NUL}. */
    private void invalidate(Node node) {
        message.begin();
        try {
            byte[] name = node.name.bytes();
            message.u64(node.parent.id).u32(name.length).u32(0).raw(name).raw(new byte[1]);
            device.write(message.sealed(0, -INVALIDATE_ENTRY), message.totalLength());
        } catch (Refusal e) {
            throw new IllegalStateException("a name of a node is too long", e);
        } catch (PosixException e) {
            // ENOENT: it had let go already. When the mount is gone there is nothing left to evict.
            if (e.errno() == Errno.ENODEV) {
                stop();
            }
        }
    }

    void stop() {
        stopped.countDown();
    }
}
