package cofre.config;

import cofre.path.RawPath;
import cofre.schedule.Schedule;
import cofre.schedule.ScheduleException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One table of the file while it is read. Every getter notes that its key is known, and a fault instead of throwing: what
 * it then returns only has to let the reading go on.
 */
final class Table {
    private final List<String> path;
    private final JsonNode node;
    private final Faults faults;
    private final TreeSet<String> known = new TreeSet<>();

    Table(List<String> path, JsonNode node, Faults faults) {
        this.path = path;
        this.node = node.isObject() ? node : JsonNodeFactory.instance.objectNode();
        this.faults = faults;
        if (!node.isObject()) {
            faults.add(path, describe(node), "a table: [" + String.join(".", path) + "]");
        }
    }

    boolean has(String key) {
        known.add(key);
        return node.has(key);
    }

    /** All names in this table, in the order of the file. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    Table table(String key) {
        return new Table(pathOf(key), has(key) ? node.get(key) : JsonNodeFactory.instance.objectNode(), faults);
    }

    /** Whether it is there and a table. */
    boolean isTable(String key) {
        return has(key) && node.get(key).isObject();
    }

    Optional<String> text(String key, String expected) {
        if (!has(key)) {
            return Optional.empty();
        }
        JsonNode value = node.get(key);
        if (!value.isTextual() || value.textValue().isBlank()) {
            fault(key, describe(value), expected);
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    /** The text read by {@code reader}, which says by an empty answer that it cannot. */
    <T> Optional<T> read(String key, String expected, Function<String, Optional<T>> reader) {
        Optional<String> text = text(key, expected);
        Optional<T> value = text.flatMap(reader);
        if (text.isPresent() && value.isEmpty()) {
            fault(key, Faults.quoted(text.get()), expected);
        }
        return value;
    }

    boolean flag(String key, boolean fallback) {
        if (!has(key)) {
            return fallback;
        }
        JsonNode value = node.get(key);
        if (!value.isBoolean()) {
            fault(key, describe(value), "true or false");
        }
        return value.asBoolean(fallback);
    }

    int number(String key, int min, int max, int fallback) {
        if (!has(key)) {
            return fallback;
        }
        JsonNode value = node.get(key);
        if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
            fault(key, describe(value), "a whole number from " + min + " to " + max);
            return fallback;
        }
        return value.intValue();
    }

    /** A number from 1 that may be {@code "all"}, for which {@code all} is given; empty when nothing is said. */
    Optional<Integer> count(String key, int max, int all) {
        if (has(key) && node.get(key).isTextual() && node.get(key).textValue().equals("all")) {
            return Optional.of(all);
        }
        if (has(key) && !node.get(key).isInt()) {
            fault(key, describe(node.get(key)), "a whole number from 1 to " + max + ", or \"all\"");
            return Optional.empty();
        }
        return has(key) ? Optional.of(number(key, 1, max, 1)) : Optional.empty();
    }

    long size(String key, long min, long max, long fallback) {
        String expected = "a size such as \"16 MiB\", from " + (min >> 20) + " MiB to " + (max >> 20) + " MiB";
        return read(key, expected, t -> Quantities.size(t).filter(n -> n >= min && n <= max))
                .orElse(fallback);
    }

    Duration duration(String key, Duration min, Duration max, Duration fallback) {
        String expected = "a time such as \"15 min\", from " + min.toSeconds() + " s to " + max.toHours() + " h";
        return read(
                        key,
                        expected,
                        t -> Quantities.duration(t).filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0))
                .orElse(fallback);
    }

    /** When something is done by itself; never when nothing is said. */
    Schedule schedule(String key) {
        Schedule never = Schedule.parse("never");
        Optional<String> text = text(key, Schedule.EXPECTED);
        try {
            return text.map(Schedule::parse).orElse(never);
        } catch (ScheduleException e) {
            fault(key, Faults.quoted(text.orElse("")) + ": " + Faults.shown(e.actual()), e.expected());
            return never;
        }
    }

    <E extends Enum<E>> E oneOf(String key, Class<E> type, E fallback) {
        List<E> values = Arrays.asList(type.getEnumConstants());
        String expected = values.stream().map(Table::lower).collect(Collectors.joining(", ", "one of ", ""));
        return read(
                        key,
                        expected,
                        t -> values.stream().filter(v -> lower(v).equals(t)).findFirst())
                .orElse(fallback);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    Optional<Path> file(String key) {
        return read(key, "an absolute path", Table::absolute);
    }

    /** An absolute path of this machine that is ours to name. */
    static Optional<Path> absolute(String text) {
        try {
            Path path = Path.of(text);
            return path.isAbsolute() ? Optional.of(path.normalize()) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    Optional<RawPath> rawPath(String key) {
        return read(key, "an absolute path without . or .., a byte that is no text written \\xNN", t -> {
            try {
                return t.startsWith("/") ? Optional.of(RawPath.ofDisplay(t)) : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    List<String> words(String key, String expected) {
        List<String> words = new ArrayList<>();
        if (!has(key)) {
            return words;
        }
        JsonNode value = node.get(key);
        boolean good = value.isArray();
        for (JsonNode each : value) {
            good &= each.isTextual() && !each.textValue().isEmpty();
            words.add(each.asText());
        }
        if (!good) {
            fault(key, describe(value), expected);
        }
        return words;
    }

    /** Notes that a key that must be there is not. */
    void missing(String key, String expected) {
        fault(key, "nothing", expected);
    }

    void fault(String key, String actual, String expected) {
        faults.add(pathOf(key), actual, expected);
    }

    /** Ends the reading: what nobody asked for is a fault. */
    void rejectOthers() {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                String meant = Nearest.to(key, known)
                        .map(word -> "did you mean " + word + "?")
                        .orElse("one of " + String.join(", ", known));
                fault(key, "an unknown name", meant);
            }
        });
    }

    private List<String> pathOf(String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    private static String describe(JsonNode value) {
        if (value.isTextual()) {
            return Faults.quoted(value.textValue());
        }
        if (value.isContainerNode()) {
            return value.isArray() ? "a list" : "a table";
        }
        return value.asText();
    }
}
