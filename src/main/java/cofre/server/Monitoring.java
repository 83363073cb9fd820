package cofre.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What can be watched from outside.
 *
 * @param prometheus counters at {@code GET /metrics}; with private repositories only for the user {@code metrics}
 * @param prometheusNoAuth {@code /metrics} without credentials
 * @param accessLog file for one line per request in the combined log format, {@code /dev/stdout} for standard output;
 *     opened again by {@link RestServer#reload()} after rotation
 */
public record Monitoring(boolean prometheus, boolean prometheusNoAuth, Optional<Path> accessLog) {

    /** @throws IllegalArgumentException when metrics are opened to all but not switched on */
    public Monitoring {
        if (prometheusNoAuth && !prometheus) {
            throw new IllegalArgumentException("prometheus-no-auth has a meaning only together with prometheus");
        }
    }

    /** No metrics, no access log. */
    public static Monitoring off() {
        return new Monitoring(false, false, Optional.empty());
    }
}
