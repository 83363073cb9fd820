package cofre.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as people write them. */
final class Quantities {
    /** Six digits and the largest unit stay far below 2^63. */
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,6}) ?([A-Za-z]+)");

    private static final Map<String, Long> BYTES =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);
    private static final Map<String, Long> SECONDS = Map.of("s", 1L, "sec", 1L, "min", 60L, "h", 3600L, "d", 86_400L);

    private Quantities() {}

    /** Bytes in {@code 16 MiB}; empty when it is not written like that. */
    static Optional<Long> size(String text) {
        return parse(text, BYTES);
    }

    /** The time in {@code 15 min}; empty when it is not written like that. */
    static Optional<Duration> duration(String text) {
        return parse(text, SECONDS).map(Duration::ofSeconds);
    }

    private static Optional<Long> parse(String text, Map<String, Long> units) {
        Matcher m = NUMBER_AND_UNIT.matcher(text.strip());
        if (!m.matches() || !units.containsKey(m.group(2))) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(m.group(1)) * units.get(m.group(2)));
    }
}
