package cofre.repository.pack;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The stock of memory for packs: at most {@code count} of the usual size exist at once, and whoever wants one more waits
 * until an upload is done. That wait is what keeps reading no faster than the store. Thread-safe.
 */
public final class PackBuffers {
    /** Sealing the header (32), its length field (4), and 41 bytes a blob (restic's header entry with both lengths). */
    private static final int ENTRY = 41;

    private static final int HEADER_OVERHEAD = 36;

    private final int packSize;
    private final Deque<byte[]> free = new ArrayDeque<>();
    private int toMake;
    private boolean broken;

    /**
     * A stock.
     *
     * @param packSize capacity in bytes of each
     * @param count how many there may be
     */
    public PackBuffers(int packSize, int count) {
        this.packSize = packSize;
        this.toMake = count;
    }

    /** Bytes a header of so many blobs can take at most, sealed, with its length field. */
    static int headerBound(int blobs) {
        return HEADER_OVERHEAD + ENTRY * blobs;
    }

    /**
     * A pack for a blob of this sealed length: from the stock, or for a giant one made for it alone.
     *
     * @throws InterruptedException when the wait was interrupted
     * @throws IllegalStateException after {@link #breakWaits}
     */
    PackBuffer take(int sealedLength) throws InterruptedException {
        long needed = (long) sealedLength + headerBound(1);
        if (needed > packSize) {
            return new PackBuffer(new byte[Math.toIntExact(needed)]);
        }
        synchronized (this) {
            while (free.isEmpty() && toMake == 0 && !broken) {
                wait();
            }
            if (broken) {
                throw new IllegalStateException("the uploads have ended");
            }
            if (free.isEmpty()) {
                toMake--;
                return new PackBuffer(new byte[packSize]);
            }
            return new PackBuffer(free.pop());
        }
    }

    /** Takes back the memory of a pack that is uploaded. */
    public synchronized void release(PackBuffer pack) {
        if (pack.bytes().length == packSize) {
            free.push(pack.bytes());
            notifyAll();
        }
    }

    /** Ends all waits, now and later: the uploads have failed and no memory will come back. */
    public synchronized void breakWaits() {
        broken = true;
        notifyAll();
    }
}
