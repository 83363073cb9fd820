package cofre.server;

import java.time.Duration;

/**
 * Bounds that keep slow or hostile clients from holding the server.
 *
 * @param header longest time from connecting to the end of the first request's header
 * @param idle longest silence of a connection, inside a transfer or between requests
 * @param minBytesPerSecond slowest average rate of a transfer that is let live; 0 switches the check off
 * @param connections connections open at once; more wait in the system's queue
 * @param threads threads that do the work; slow clients hold none of them
 * @param stop longest time a stop waits for running requests
 */
public record ServerLimits(
        Duration header, Duration idle, long minBytesPerSecond, int connections, int threads, Duration stop) {

    /** @throws IllegalArgumentException when a bound is not positive, or threads are fewer than 8 */
    public ServerLimits {
        requirePositive(header, "header time-out");
        requirePositive(idle, "idle time-out");
        requirePositive(stop, "stop time-out");
        if (minBytesPerSecond < 0 || connections < 1) {
            throw new IllegalArgumentException("cannot work with a rate of " + minBytesPerSecond + " bytes/s and "
                    + connections + " connections: expected >= 0 and >= 1");
        }
        // One acceptor, two selectors, and enough left to work.
        if (threads < 8) {
            throw new IllegalArgumentException("cannot work with " + threads + " threads: expected 8 or more");
        }
    }

    /**
     * Idle is longer than the 90 s after which Go's client drops an idle connection itself, so that it is never ours
     * that closes while a request is on its way.
     */
    public static ServerLimits standard() {
        return new ServerLimits(Duration.ofSeconds(30), Duration.ofSeconds(120), 256, 1024, 32, Duration.ofSeconds(4));
    }

    private static void requirePositive(Duration duration, String what) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("cannot use " + duration + " as the " + what + ": expected more than 0");
        }
    }
}
