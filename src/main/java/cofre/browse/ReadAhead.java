package cofre.browse;

import cofre.format.BlobId;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees who reads a file from front to back, and says what he will want next: little at first, then more, up to a window.
 * Thread-safe.
 */
final class ReadAhead {
    /** Parallel readers of one kernel come this much out of order. */
    private static final long DISORDER = 2 << 20;

    private static final long FIRST_WINDOW = 4 << 20;
    private static final int PARTS = 4;

    private long window = FIRST_WINDOW; // guarded by this, as are all below
    private long expected = -1;
    private int next;

    /** How long one request may be. */
    static int partOf(long most) {
        return (int) Math.min(8 << 20, Math.max(1, most / PARTS));
    }

    /**
     * Blobs to fetch, after somebody read there; mostly none.
     *
     * @param most bytes ahead of him
     */
    synchronized List<BlobId> after(Layout layout, long offset, int length, long most) {
        boolean isNear = expected >= 0 && Math.abs(offset - expected) <= DISORDER;
        long end = offset + length;
        if (!isNear) {
            expected = end;
            window = FIRST_WINDOW;
            next = 0;
            return List.of();
        }
        expected = Math.max(expected, end);
        return expected < layout.start(layout.count()) ? ahead(layout, most) : List.of();
    }

    private List<BlobId> ahead(Layout layout, long most) {
        int current = layout.at(expected);
        next = Math.max(next, current);
        long until = expected + Math.min(window, most);
        // Not blob by blob: a request is worth its latency when it brings some together.
        if (next > current && layout.start(next) > until - Math.min(window, most) / PARTS) {
            return List.of();
        }
        List<BlobId> wanted = new ArrayList<>();
        while (next < layout.count() && layout.start(next) < until) {
            if (!ZeroBlock.is(layout.blob(next))) {
                wanted.add(layout.blob(next));
            }
            next++;
        }
        window = Math.min(most, window * 2);
        return wanted;
    }
}
