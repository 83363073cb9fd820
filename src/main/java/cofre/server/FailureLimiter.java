package cofre.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down guessing: after {@value #BURST} wrong passwords one more try is free every {@value #REFILL_SECONDS}
 * seconds, counted for each pair of address and user. Counting by pair means that behind one reverse proxy a guesser
 * locks out at most the user he attacks, and those whose password was just accepted not even then. Thread-safe.
 */
final class FailureLimiter {
    static final int BURST = 10;
    static final int REFILL_SECONDS = 6;
    private static final long REFILL_NANOS = REFILL_SECONDS * 1_000_000_000L;
    /** Bounds memory under a flood from many addresses; the longest untouched is forgotten. */
    private static final int MAX_TRACKED = 20_000;

    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_TRACKED;
        }
    };

    private record Bucket(double failures, long at) {
        double failuresAt(long now) {
            return Math.max(0, failures - (double) (now - at) / REFILL_NANOS);
        }
    }

    FailureLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** True when the source has failed too often to be heard now. */
    synchronized boolean isBlocked(String source) {
        Bucket bucket = buckets.get(source);
        return bucket != null && bucket.failuresAt(nanoTime.getAsLong()) > BURST - 1;
    }

    /** Notes a wrong password. */
    synchronized void failed(String source) {
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.getOrDefault(source, new Bucket(0, now));
        buckets.put(source, new Bucket(bucket.failuresAt(now) + 1, now));
    }
}
