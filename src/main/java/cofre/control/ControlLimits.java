package cofre.control;

import java.time.Duration;

/**
 * What a caller may cost.
 *
 * @param requestBytes longest line a caller may send
 * @param requestDeadline how long the request may take to arrive
 * @param connections callers at the same time
 * @param outboxBytes answers kept for a caller that does not read
 * @param stall how long a caller may not read at all before it is cut
 */
public record ControlLimits(
        int requestBytes, Duration requestDeadline, int connections, int outboxBytes, Duration stall) {
    /** The limits of the protocol. */
    public static final ControlLimits STANDARD =
            new ControlLimits(64 << 10, Duration.ofSeconds(5), 32, 1 << 20, Duration.ofSeconds(60));
}
