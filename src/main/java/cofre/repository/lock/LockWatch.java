package cofre.repository.lock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How old locks of others are when the wall clock cannot be asked: it may have been set. A lock changes its name when it is
 * refreshed, so one that was seen under the same name for so long was not refreshed for so long. Thread-safe.
 */
public final class LockWatch {
    /** What clocks drift apart, and what they are put right by, is less. */
    private static final Duration TOLERATED = Duration.ofMinutes(5);

    /** Of more, the oldest are forgotten: then their watching begins anew, which is on the safe side. */
    private static final int MOST = 1000;

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Instant beginning;
    private final long beginningNanos;
    private final Map<String, Long> firstSeen = new LinkedHashMap<>(); // guarded by this

    /** Watches from now on, by a wall clock that may be set and a monotonic one that may not. */
    public LockWatch(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        beginning = clock.instant();
        beginningNanos = nanoTime.getAsLong();
    }

    /** How far the wall clock was set forward since the beginning, or stood for the machine: zero when it was not. */
    public Duration setForward() {
        Duration passed = Duration.ofNanos(nanoTime.getAsLong() - beginningNanos);
        Duration ahead = Duration.between(beginning, clock.instant()).minus(passed);
        return ahead.compareTo(TOLERATED) > 0 ? ahead : Duration.ZERO;
    }

    /** Notes that the lock is there; whether it has been under this name for at least so long, by the monotonic clock. */
    public synchronized boolean isUnchangedFor(String name, Duration time) {
        long now = nanoTime.getAsLong();
        Long first = firstSeen.putIfAbsent(name, now);
        Iterator<String> oldest = firstSeen.keySet().iterator();
        while (firstSeen.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
        return first != null && TimeUnit.NANOSECONDS.toMillis(now - first) >= time.toMillis();
    }
}
