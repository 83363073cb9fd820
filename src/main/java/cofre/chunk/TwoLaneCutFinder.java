package cofre.chunk;

import java.util.Arrays;

/**
 * The pure Java search. One digest is a chain of dependent table loads, so the processor idles; two stretches of the
 * content searched in step ("lanes") fill those gaps. Immutable, so this one may be shared by threads.
 */
public final class TwoLaneCutFinder implements CutFinder {
    /** Positions per lane: long enough to forget the warm-up of 64 bytes, short enough to waste little past a cut. */
    private static final int LANE = 16 * 1024;
    /** Below this the second warm-up costs more than a second lane gains. */
    private static final int SHORTEST_LANE = 256;

    private final long[] mod;
    private final long[] leave;
    private final long mask;

    /** Searches for restic's cuts. */
    public TwoLaneCutFinder(ChunkTables tables) {
        this(tables, Chunker.CUT_MASK);
    }

    /** Searches for digests whose bits of {@code mask} are all zero: a short mask makes short self-tests meaningful. */
    public TwoLaneCutFinder(ChunkTables tables, long mask) {
        this.mod = tables.mod();
        this.leave = tables.leave();
        this.mask = mask;
    }

    @Override
    public int firstCut(byte[] buf, int first, int last) {
        if (first < Chunker.WINDOW || last > buf.length) {
            throw new IndexOutOfBoundsException("positions " + first + ".." + last + " of " + buf.length);
        }
        int at = first;
        int lane = Math.min(LANE, (last - at + 1) / 2);
        while (lane >= SHORTEST_LANE) {
            int hit = twoLanes(buf, at, lane);
            if (hit >= 0) {
                return hit;
            }
            at += 2 * lane;
            lane = Math.min(LANE, (last - at + 1) / 2);
        }
        return oneLane(buf, at, last);
    }

    private int twoLanes(byte[] buf, int first, int lane) {
        // Local copies have a length that the compiler knows, which removes the bounds check of every look-up: worth
        // far more than copying 4 KiB for each 32 KiB searched.
        long[] m = Arrays.copyOf(mod, ChunkTables.SIZE);
        long[] out = Arrays.copyOf(leave, ChunkTables.SIZE);
        final int gap = lane;
        long a = digest(buf, first);
        long b = digest(buf, first + gap);
        int p = first;
        while ((((a & mask) - 1) | ((b & mask) - 1)) >= 0) {
            if (++p == first + gap) {
                return -1;
            }
            a = (a << 8 | buf[p - 1] & 0xff) ^ m[(int) (a >>> ChunkTables.SHIFT) & 0xff] ^ out[buf[p - 65] & 0xff];
            b = (b << 8 | buf[p - 1 + gap] & 0xff)
                    ^ m[(int) (b >>> ChunkTables.SHIFT) & 0xff]
                    ^ out[buf[p - 65 + gap] & 0xff];
        }
        if ((a & mask) == 0) {
            return p;
        }
        int earlier = oneLane(buf, p + 1, first + gap - 1);
        return earlier >= 0 ? earlier : p + gap;
    }

    private int oneLane(byte[] buf, int first, int last) {
        if (first > last) {
            return -1;
        }
        long d = digest(buf, first);
        int p = first;
        while ((d & mask) != 0) {
            if (++p > last) {
                return -1;
            }
            d = (d << 8 | buf[p - 1] & 0xff) ^ mod[(int) (d >>> ChunkTables.SHIFT)] ^ leave[buf[p - 65] & 0xff];
        }
        return p;
    }

    /** The digest of the window that ends before {@code position}. */
    private long digest(byte[] buf, int position) {
        long d = 0;
        for (int i = position - Chunker.WINDOW; i < position; i++) {
            d = (d << 8 | buf[i] & 0xff) ^ mod[(int) (d >>> ChunkTables.SHIFT)];
        }
        return d;
    }
}
