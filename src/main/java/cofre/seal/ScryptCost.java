package cofre.seal;

import cofre.format.KeyFile;

/**
 * How much work it is to try a password.
 *
 * @param n cost, a power of two: memory is 128 * n * r bytes
 * @param r block size
 * @param p how often, one after the other
 */
public record ScryptCost(int n, int r, int p) {
    private static final long MAX_MEMORY = 256L * 1024 * 1024;
    private static final int MAX_P = 16;
    private static final long MIN_NR = 16_384L * 8;

    /** For new keys: 32 MiB and about half a second of one core of today; what restic's own measuring arrives at. */
    public static final ScryptCost DEFAULT = new ScryptCost(32_768, 8, 4);

    /** The least that is accepted for a new key. */
    public static final ScryptCost FLOOR = new ScryptCost(16_384, 8, 1);

    public ScryptCost {
        String fault = faultOf(n, r, p);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException(fault);
        }
    }

    private static String faultOf(long n, long r, long p) {
        boolean isSane = n >= 2 && Long.bitCount(n) == 1 && r >= 1 && p >= 1 && p <= MAX_P;
        if (isSane && r <= MAX_MEMORY / 128 / n) {
            return "";
        }
        return "cannot use scrypt with N=" + n + " r=" + r + " p=" + p
                + " vs N a power of two, p at most 16 and 128*N*r at most 256 MiB";
    }

    /** What a key file asks for; it may be anything, since key files are not sealed. */
    static ScryptCost of(KeyFile file) throws SealException {
        String fault = faultOf(file.n(), file.r(), file.p());
        if (!fault.isEmpty()) {
            throw new SealException.Unreasonable(fault + "; the key was not tried");
        }
        return new ScryptCost(file.n(), file.r(), file.p());
    }

    /** Refuses what is too cheap for a new key. */
    void checkFloor() {
        if ((long) n * r < MIN_NR) {
            throw new IllegalArgumentException("cannot make a key with " + this + " vs at least " + FLOOR
                    + ": its password could be guessed too fast");
        }
    }

    @Override
    public String toString() {
        return "N=" + n + " r=" + r + " p=" + p;
    }
}
