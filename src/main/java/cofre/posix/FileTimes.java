package cofre.posix;

/**
 * Times to be set on a file: seconds since 1970, possibly negative, and nanoseconds 0 to 999,999,999 after that second.
 */
public record FileTimes(long atimeSeconds, int atimeNanos, long mtimeSeconds, int mtimeNanos) {
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    public FileTimes {
        if (!isNanos(atimeNanos) || !isNanos(mtimeNanos)) {
            throw new IllegalArgumentException(
                    "cannot use nanoseconds " + atimeNanos + " and " + mtimeNanos + ": both must be 0 to 999999999");
        }
    }

    private static boolean isNanos(int nanos) {
        return nanos >= 0 && nanos < NANOS_PER_SECOND;
    }
}
