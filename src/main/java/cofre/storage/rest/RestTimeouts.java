package cofre.storage.rest;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * How long to wait for a REST server. All are positive.
 *
 * @param connect for each address of the host, until the connection stands
 * @param stall without a byte moved in either direction; then the connection is cut
 * @param request for one request and its answer together, whatever moves; also the longest wait for a free connection
 * @param idle an unused connection is closed after this; shorter than the server's own limit, so that no request meets a
 *     connection which is being closed
 */
public record RestTimeouts(Duration connect, Duration stall, Duration request, Duration idle) {
    /** 30 s, 5 min (restic's), 1 h (128 MiB at 36 KiB/s), 15 s. */
    public static final RestTimeouts DEFAULT = new RestTimeouts(
            Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(15));

    public RestTimeouts {
        require(connect, "connect");
        require(stall, "stall");
        require(request, "request");
        require(idle, "idle");
    }

    Duration shortest() {
        return Collections.min(List.of(connect, stall, request, idle));
    }

    private static void require(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("cannot use " + name + " time-out " + value + " vs a positive time");
        }
    }
}
