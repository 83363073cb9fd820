package cofre.chunk;

/**
 * The two lookup tables that slide the digest of a polynomial by one byte:
 * {@code digest' = (digest << 8 | in) ^ mod[digest >>> SHIFT] ^ leave[out]}, where {@code out} is the byte that is
 * {@link Chunker#WINDOW} bytes older than {@code in}. Since reduction is linear, the leaving byte can be taken out
 * after the multiplication instead of before it, which keeps its table off the chain of dependent loads.
 *
 * <p>A digest is below 2^53, so nothing here ever reaches the sign bit.
 */
public final class ChunkTables {
    /** The number of entries of each table. */
    public static final int SIZE = 256;
    /** {@code digest >>> SHIFT} are the eight bits that the next shift moves out of the field. */
    static final int SHIFT = Polynomial.DEGREE - 8;

    private final long[] mod = new long[SIZE];
    private final long[] leave = new long[SIZE];

    /** Computes the tables of a polynomial whose degree is {@link Polynomial#DEGREE}. */
    public ChunkTables(Polynomial polynomial) {
        if (polynomial.degree() != Polynomial.DEGREE) {
            throw new IllegalArgumentException("degree " + polynomial.degree() + " vs " + Polynomial.DEGREE);
        }
        for (int b = 0; b < SIZE; b++) {
            long overflow = (long) b << Polynomial.DEGREE;
            mod[b] = polynomial.modulo(overflow) | overflow;
            long digest = b;
            for (int i = 0; i < Chunker.WINDOW; i++) {
                digest = polynomial.modulo(digest << 8);
            }
            leave[b] = digest;
        }
    }

    /** A copy of the table that reduces: clears the overflow bits and adds their remainder. */
    public long[] mod() {
        return mod.clone();
    }

    /** A copy of the table that removes a byte which has left the window. */
    public long[] leave() {
        return leave.clone();
    }
}
