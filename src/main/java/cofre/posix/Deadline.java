package cofre.posix;

import java.time.Duration;

/** A moment after which a wait ends, or never. Immutable. */
final class Deadline {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Ticker ticker;
    private final long at;

    private Deadline(Ticker ticker, long at) {
        this.ticker = ticker;
        this.at = at;
    }

    static Deadline in(Duration time, Ticker ticker) {
        return new Deadline(ticker, ticker.nanos() + time.toNanos());
    }

    static Deadline never() {
        return new Deadline(null, 0);
    }

    /** What poll(2) wants: milliseconds rounded up, 0 when past, -1 for never. */
    int millisLeft() {
        if (ticker == null) {
            return -1;
        }
        long nanos = at - ticker.nanos();
        return nanos <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (nanos - 1) / NANOS_PER_MILLI + 1);
    }
}
