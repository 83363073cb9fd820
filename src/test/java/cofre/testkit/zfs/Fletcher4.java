package cofre.testkit.zfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The running checksum of a send stream: four sums over 32-bit words in the sender's byte order. */
final class Fletcher4 {
    private long a;
    private long b;
    private long c;
    private long d;

    /** Goes on over {@code bytes}, a multiple of 4 of them. */
    void update(byte[] bytes, int from, int to, ByteOrder order) {
        ByteBuffer words = ByteBuffer.wrap(bytes).order(order);
        for (int at = from; at < to; at += 4) {
            a += words.getInt(at) & 0xffff_ffffL;
            b += a;
            c += b;
            d += c;
        }
    }

    /** The four sums so far. */
    long[] sums() {
        return new long[] {a, b, c, d};
    }
}
