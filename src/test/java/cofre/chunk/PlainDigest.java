package cofre.chunk;

/**
 * The oracle: the rolling digest in the words of the format's description, one byte at a time, with its own
 * arithmetic. Shares no code with what it judges.
 */
final class PlainDigest {
    private final long[] mod = new long[256];
    private final long[] out = new long[256];
    private final int[] window = new int[64];
    private int oldest;
    private long digest;

    PlainDigest(long polynomial) {
        for (int b = 0; b < 256; b++) {
            mod[b] = remainder((long) b << 53, polynomial) | (long) b << 53;
            long h = remainder(b, polynomial);
            for (int i = 0; i < 63; i++) {
                h = remainder(h << 8, polynomial);
            }
            out[b] = h;
        }
    }

    private static long remainder(long value, long polynomial) {
        for (int bit = 62; bit >= 53; bit--) {
            if ((value >>> bit & 1) == 1) {
                value ^= polynomial << (bit - 53);
            }
        }
        return value;
    }

    void clear() {
        java.util.Arrays.fill(window, 0);
        oldest = 0;
        digest = 0;
    }

    long slide(int b) {
        digest ^= out[window[oldest]];
        window[oldest] = b;
        oldest = (oldest + 1) % 64;
        int index = (int) (digest >>> 45);
        digest = (digest << 8 | b) ^ mod[index];
        return digest;
    }
}
