package cofre.testkit.zfs;

import java.time.Clock;
import java.time.Instant;

/** The kernel's idea of now: never before the clock, and on by 100 µs whenever it is asked. */
final class ModelTime {
    private static final long STEP = 100_000;

    /** Linux with 250 ticks a second. */
    private static final long TICK = 4_000_000;

    private final Clock clock;
    private final boolean coarse;
    private Instant last = Instant.EPOCH;

    ModelTime(Clock clock, boolean coarse) {
        this.clock = clock;
        this.coarse = coarse;
    }

    Instant next() {
        Instant now = clock.instant();
        last = now.isAfter(last) ? now : last.plusNanos(STEP + 7);
        return coarse ? Instant.ofEpochSecond(last.getEpochSecond(), last.getNano() / TICK * TICK) : last;
    }

    /** The time last given out, or later. */
    Instant now() {
        Instant now = clock.instant();
        return now.isAfter(last) ? now : last;
    }
}
