package cofre.storage;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets so many bytes pass a second, on average: whoever wants to move some waits until those before are paid for. The rate may
 * change at any time. Thread-safe; several threads share it.
 */
public final class RateLimiter {
    /** How long the rate is believed to stay as it is. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final LongSupplier rate;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;
    private double debt; // bytes that were moved and are not paid for
    private long paidAt;

    /**
     * @param rate bytes a second; 0 for no limit
     * @param nanoTime a monotonic clock in nanoseconds
     */
    public RateLimiter(LongSupplier rate, LongSupplier nanoTime, Sleeper sleeper) {
        this.rate = rate;
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
        this.paidAt = nanoTime.getAsLong();
    }

    /** Waits for its turn. An interrupt ends the wait and stays set: the store is the one to act on it. */
    void pass(long bytes) {
        try {
            for (Duration wait = pay(bytes); !wait.isZero(); wait = pay(bytes)) {
                sleeper.sleep(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** So many were moved without having waited: whoever comes next waits for them. */
    synchronized void moved(long bytes) {
        debt += bytes;
    }

    /** Zero when they may pass now, and count as moved; or how long to wait before asking again. */
    private synchronized Duration pay(long bytes) {
        long now = nanoTime.getAsLong();
        long allowed = rate.getAsLong();
        debt = Math.max(0, debt - (now - paidAt) / 1e9 * allowed);
        paidAt = now;
        if (allowed == 0) {
            debt = 0;
            return Duration.ZERO;
        }
        if (debt < 1) {
            debt += bytes;
            return Duration.ZERO;
        }
        Duration wait = Duration.ofNanos((long) Math.ceil(debt / allowed * 1e9));
        return wait.compareTo(LOOK) < 0 ? wait : LOOK;
    }
}
