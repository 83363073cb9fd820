package cofre.shim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Poly1305 in pure Java: limbs of 44, 44 and 42 bits, two blocks a step.
 *
 * <p>Java has no 128-bit sum, so each sum T of products is kept as two longs: {@code low} = T modulo 2^64 and
 * {@code high} = the sum of floor(product / 2^44). They overlap in 20 bits, from which the carry between them follows
 * exactly: T = 2^44 * high + (low - (high << 44)), the second part being below 2^50. The high half of a product comes
 * from multiplyHigh with both factors shifted left by 10: (a * 2^10) * (b * 2^10) / 2^64 = a * b / 2^44.
 */
public final class JavaPoly1305 implements Poly1305 {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK = 16;
    private static final long M44 = (1L << 44) - 1;
    private static final long M42 = (1L << 42) - 1;
    /** The bit above the sixteen bytes of a whole block, 2^128, as seen by the limb that starts at 2^88. */
    private static final long ABOVE = 1L << 40;

    private long h0;
    private long h1;
    private long h2;

    @Override
    public void tag(byte[] key, byte[] in, int off, int len, byte[] out, int outOff) {
        Objects.checkFromIndexSize(0, KEY_LENGTH, key.length);
        Objects.checkFromIndexSize(off, len, in.length);
        Objects.checkFromIndexSize(outOff, TAG_LENGTH, out.length);
        h0 = 0;
        h1 = 0;
        h2 = 0;
        // The clamp of RFC 8439: the top four bits of every word, the low two bits of all but the first one.
        Power r = power((long) LONG.get(key, 0) & 0x0ffffffc0fffffffL, (long) LONG.get(key, 8) & 0x0ffffffc0ffffffcL);
        int pairs = len & -(2 * BLOCK);
        if (pairs > 0) {
            absorbPairs(r, squareOf(r), in, off, pairs);
        }
        int at = off + pairs;
        int end = off + len;
        if (end - at >= BLOCK) {
            absorb(r, in, at, ABOVE);
            at += BLOCK;
        }
        if (at < end) {
            byte[] last = new byte[BLOCK];
            System.arraycopy(in, at, last, 0, end - at);
            last[end - at] = 1;
            absorb(r, last, 0, 0);
        }
        finish((long) LONG.get(key, 16), (long) LONG.get(key, 24), out, outOff);
    }

    /** A multiplier, and 20 times its upper limbs: 2^132 = 20 modulo 2^130 - 5. */
    private record Power(long r0, long r1, long r2, long s1, long s2) {
        Power(long r0, long r1, long r2) {
            this(r0, r1, r2, 20 * r1, 20 * r2);
        }
    }

    private static Power power(long low, long high) {
        return new Power(low & M44, (low >>> 44 | high << 20) & M44, high >>> 24);
    }

    private Power squareOf(Power r) {
        multiply(r.r0, r.r1, r.r2, r);
        Power square = new Power(h0, h1, h2);
        h0 = 0;
        h1 = 0;
        h2 = 0;
        return square;
    }

    private void absorb(Power r, byte[] in, int at, long above) {
        long low = (long) LONG.get(in, at);
        long high = (long) LONG.get(in, at + 8);
        multiply(h0 + (low & M44), h1 + ((low >>> 44 | high << 20) & M44), h2 + (high >>> 24 | above), r);
    }

    /** h = a * r, partly reduced. */
    private void multiply(long a0, long a1, long a2, Power r) {
        long low0 = a0 * r.r0 + a1 * r.s2 + a2 * r.s1;
        long low1 = a0 * r.r1 + a1 * r.r0 + a2 * r.s2;
        long low2 = a0 * r.r2 + a1 * r.r1 + a2 * r.r0;
        carry(
                low0,
                high(a0, r.r0) + high(a1, r.s2) + high(a2, r.s1),
                low1,
                high(a0, r.r1) + high(a1, r.r0) + high(a2, r.s2),
                low2,
                high(a0, r.r2) + high(a1, r.r1) + high(a2, r.r0));
    }

    private static long high(long a, long b) {
        return Math.multiplyHigh(a << 10, b << 10);
    }

    private void carry(long low0, long high0, long low1, long high1, long low2, long high2) {
        low1 += high0 + ((low0 - (high0 << 44)) >>> 44);
        low2 += high1 + ((low1 - (high1 << 44)) >>> 44);
        long top = (high2 << 2) + ((low2 - (high2 << 44)) >>> 42);
        long first = (low0 & M44) + top * 5;
        h0 = first & M44;
        h1 = (low1 & M44) + (first >>> 44);
        h2 = low2 & M42;
    }

    /** h = (h + first block) * r^2 + second block * r, for each pair of blocks. */
    private void absorbPairs(Power r, Power q, byte[] in, int off, int len) {
        final long r0 = r.r0, r1 = r.r1, r2 = r.r2, s1 = r.s1, s2 = r.s2;
        final long q0 = q.r0, q1 = q.r1, q2 = q.r2, t1 = q.s1, t2 = q.s2;
        long x0 = h0, x1 = h1, x2 = h2;
        for (int at = off, end = off + len; at < end; at += 2 * BLOCK) {
            long w0 = (long) LONG.get(in, at);
            long w1 = (long) LONG.get(in, at + 8);
            long w2 = (long) LONG.get(in, at + 16);
            long w3 = (long) LONG.get(in, at + 24);
            long a0 = x0 + (w0 & M44);
            long a1 = x1 + ((w0 >>> 44 | w1 << 20) & M44);
            long a2 = x2 + (w1 >>> 24 | ABOVE);
            long b0 = w2 & M44;
            long b1 = (w2 >>> 44 | w3 << 20) & M44;
            long b2 = w3 >>> 24 | ABOVE;
            long high0 = high(b0, r0) + high(b1, s2) + high(b2, s1) + high(a0, q0) + high(a1, t2) + high(a2, t1);
            long low0 = b0 * r0 + b1 * s2 + b2 * s1 + a0 * q0 + a1 * t2 + a2 * t1;
            long high1 = high(b0, r1) + high(b1, r0) + high(b2, s2) + high(a0, q1) + high(a1, q0) + high(a2, t2);
            long low1 = b0 * r1 + b1 * r0 + b2 * s2 + a0 * q1 + a1 * q0 + a2 * t2;
            long high2 = high(b0, r2) + high(b1, r1) + high(b2, r0) + high(a0, q2) + high(a1, q1) + high(a2, q0);
            long low2 = b0 * r2 + b1 * r1 + b2 * r0 + a0 * q2 + a1 * q1 + a2 * q0;
            low1 += high0 + ((low0 - (high0 << 44)) >>> 44);
            low2 += high1 + ((low1 - (high1 << 44)) >>> 44);
            long top = (high2 << 2) + ((low2 - (high2 << 44)) >>> 42);
            long first = (low0 & M44) + top * 5;
            x0 = first & M44;
            x1 = (low1 & M44) + (first >>> 44);
            x2 = low2 & M42;
        }
        h0 = x0;
        h1 = x1;
        h2 = x2;
    }

    private void finish(long pad0, long pad1, byte[] out, int outOff) {
        for (int i = 0; i < 2; i++) {
            h1 += h0 >>> 44;
            h0 &= M44;
            h2 += h1 >>> 44;
            h1 &= M44;
            h0 += (h2 >>> 42) * 5;
            h2 &= M42;
        }
        h1 += h0 >>> 44;
        h0 &= M44;
        // Subtract 2^130 - 5 if that leaves something, without branching on the secret.
        long g0 = h0 + 5;
        long g1 = h1 + (g0 >>> 44);
        long g2 = h2 + (g1 >>> 44);
        long over = -(g2 >>> 42);
        h0 ^= (h0 ^ (g0 & M44)) & over;
        h1 ^= (h1 ^ (g1 & M44)) & over;
        h2 ^= (h2 ^ (g2 & M42)) & over;
        long low = (h0 | h1 << 44) + pad0;
        long carry = Long.compareUnsigned(low, pad0) < 0 ? 1 : 0;
        LONG.set(out, outOff, low);
        LONG.set(out, outOff + 8, (h1 >>> 20 | h2 << 24) + pad1 + carry);
    }
}
