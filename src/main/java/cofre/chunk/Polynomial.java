package cofre.chunk;

import java.util.random.RandomGenerator;

/**
 * A polynomial over GF(2): bit i of {@code bits} is the coefficient of x^i. Any value is a polynomial; only an
 * irreducible one of degree {@link #DEGREE} can drive the chunker. Immutable.
 *
 * @param bits the coefficients, read as an unsigned 64-bit number
 */
public record Polynomial(long bits) {
    /** Degree of every chunker polynomial of the restic format. */
    public static final int DEGREE = 53;

    /** Reads hexadecimal digits of either case, without prefix; refuses anything else. */
    public static Polynomial parse(String hex) {
        if (hex.isEmpty() || hex.length() > 16 || !hex.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
            throw new IllegalArgumentException("cannot read chunker polynomial: text of " + hex.length()
                    + " characters vs 1 to 16 hexadecimal digits; nothing was chunked;"
                    + " check the repository's config file");
        }
        return new Polynomial(Long.parseUnsignedLong(hex, 16));
    }

    /**
     * Reads the {@code chunker_polynomial} of a repository's config.
     *
     * @throws IllegalArgumentException when it is no number, not of degree {@link #DEGREE}, or reducible: a reducible
     *     polynomial gives cuts that repeat in ways an adversary can predict, and restic refuses it too
     */
    public static Polynomial ofConfig(String hex) {
        Polynomial p = parse(hex);
        if (p.degree() != DEGREE || !p.isIrreducible()) {
            throw new IllegalArgumentException("cannot use chunker polynomial " + p + ": "
                    + (p.degree() != DEGREE ? "degree " + p.degree() : "reducible") + " vs irreducible of degree "
                    + DEGREE
                    + "; nothing was chunked; the repository's config file is damaged, restore it from a copy");
        }
        return p;
    }

    /** Draws polynomials from {@code random} until one is irreducible (one in about 27 of those tried is). */
    public static Polynomial random(RandomGenerator random) {
        while (true) {
            // The constant term is forced: without it x would be a factor.
            Polynomial p = new Polynomial((random.nextLong() & ((1L << DEGREE) - 1)) | 1L << DEGREE | 1L);
            if (p.isIrreducible()) {
                return p;
            }
        }
    }

    /** The exponent of the leading term; -1 for the zero polynomial. */
    public int degree() {
        return 63 - Long.numberOfLeadingZeros(bits);
    }

    /** Ben-Or's test: no factor of degree i divides x^(2^i) - x for any i up to half the degree. */
    public boolean isIrreducible() {
        int degree = degree();
        if (degree < 2) {
            return degree == 1;
        }
        final long x = 2;
        long power = x;
        for (int i = 1; i <= degree / 2; i++) {
            power = timesModulo(power, power);
            if (gcd(bits, power ^ x) != 1) {
                return false;
            }
        }
        return true;
    }

    /** The remainder of {@code value} divided by this polynomial, which must not be zero. */
    long modulo(long value) {
        return remainder(value, bits);
    }

    /** {@code a * b} modulo this polynomial; both factors are already reduced. */
    private long timesModulo(long a, long b) {
        long top = 1L << (degree() - 1);
        long product = 0;
        for (long rest = b, term = a; rest != 0; rest >>>= 1) {
            product ^= (rest & 1) != 0 ? term : 0;
            term = (term & top) != 0 ? (term << 1) ^ bits : term << 1;
        }
        return product;
    }

    private static long gcd(long a, long b) {
        while (b != 0) {
            long rest = remainder(a, b);
            a = b;
            b = rest;
        }
        return a;
    }

    private static long remainder(long value, long divisor) {
        int degree = Long.numberOfLeadingZeros(divisor);
        while (value != 0 && Long.numberOfLeadingZeros(value) <= degree) {
            value ^= divisor << (degree - Long.numberOfLeadingZeros(value));
        }
        return value;
    }

    /** Lower-case hexadecimal without prefix, as the repository's config holds it. */
    @Override
    public String toString() {
        return Long.toHexString(bits);
    }
}
