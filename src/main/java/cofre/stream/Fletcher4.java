package cofre.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * ZFS's fletcher-4 checksum: four running sums over 32-bit words of the writer's byte order. Catches accidents, not
 * forgers. For one thread.
 */
final class Fletcher4 {
    /** Bytes of a word. */
    static final int WORD = 4;

    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final long UNSIGNED = 0xffff_ffffL;

    private final boolean little;
    private long a;
    private long b;
    private long c;
    private long d;

    Fletcher4(ByteOrder order) {
        this.little = order == ByteOrder.LITTLE_ENDIAN;
    }

    /** Goes on with {@code length} bytes, a whole number of words. */
    void add(byte[] bytes, int from, int length) {
        if (little) {
            addLittle(bytes, from, from + length);
        } else {
            addBig(bytes, from, from + length);
        }
    }

    // Written twice: with the order as a constant the loop runs at the memory's speed.
    private void addLittle(byte[] bytes, int from, int end) {
        long w = a;
        long x = b;
        long y = c;
        long z = d;
        for (int at = from; at < end; at += WORD) {
            w += (int) LITTLE.get(bytes, at) & UNSIGNED;
            x += w;
            y += x;
            z += y;
        }
        set(w, x, y, z);
    }

    private void addBig(byte[] bytes, int from, int end) {
        long w = a;
        long x = b;
        long y = c;
        long z = d;
        for (int at = from; at < end; at += WORD) {
            w += (int) BIG.get(bytes, at) & UNSIGNED;
            x += w;
            y += x;
            z += y;
        }
        set(w, x, y, z);
    }

    private void set(long w, long x, long y, long z) {
        a = w;
        b = x;
        c = y;
        d = z;
    }

    /** Whether the sums are these. */
    boolean is(long w, long x, long y, long z) {
        return a == w && b == x && c == y && d == z;
    }
}
