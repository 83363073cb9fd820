package cofre.change;

import java.time.Instant;

/**
 * A ctime in one long: seconds since 1970, shifted left by 30, and the nanoseconds below. Seconds from -2^33 to 2^33 - 1
 * (the years 1697 to 2242) fit; any other is {@link #NONE}.
 */
public final class ChangeTime {
    /** No ctime, or one that says nothing: not the same as any, itself included. No nanoseconds look like this. */
    public static final long NONE = (1L << 30) - 1;

    private static final long SECONDS = 1L << 33;

    private ChangeTime() {}

    /** The ctime as a long. */
    public static long of(Instant time) {
        long seconds = time.getEpochSecond();
        return seconds < -SECONDS || seconds >= SECONDS ? NONE : (seconds << 30) | time.getNano();
    }

    /** Whether both are known and the same. */
    public static boolean same(long one, long other) {
        return one == other && one != NONE;
    }

    /** Whether {@code time} is known and before {@code limit}. */
    static boolean isBefore(long time, Instant limit) {
        return time != NONE && time >> 30 < limit.getEpochSecond();
    }
}
