package cofre.control;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The arguments of a request, not to be trusted further than these methods check. Immutable. */
public final class ControlArgs {
    /** No arguments. */
    public static final ControlArgs NONE = new ControlArgs(Map.of());

    private final Map<String, Object> values;

    /** Arguments as JSON values: text, whole numbers, booleans, lists of text. */
    public ControlArgs(Map<String, ?> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The arguments as JSON values. */
    public Map<String, Object> values() {
        return values;
    }

    /** The text of {@code name}; empty when it is not given. */
    public Optional<String> text(String name) throws CommandException {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw wrong(name, "text");
    }

    /** The text of {@code name}, which must be given. */
    public String needText(String name) throws CommandException {
        return text(name).orElseThrow(() -> wrong(name, "text"));
    }

    /** Whether {@code name} is given and true. */
    public boolean flag(String name) throws CommandException {
        Object value = values.get(name);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "true or false");
    }

    /** The whole number of {@code name}, or {@code fallback}. */
    public long number(String name, long fallback) throws CommandException {
        Object value = values.get(name);
        if (value == null) {
            return fallback;
        }
        if (value instanceof Long number) {
            return number;
        }
        throw wrong(name, "a whole number");
    }

    /** The texts of {@code name}; empty when it is not given. */
    public List<String> texts(String name) throws CommandException {
        Object value = values.get(name);
        List<String> texts = new ArrayList<>();
        if (value == null) {
            return texts;
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(name, "a list of texts");
        }
        for (Object each : list) {
            if (!(each instanceof String text)) {
                throw wrong(name, "a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    /** Makes sure that no other arguments were given: a misspelt one must not be passed over. */
    public void allowOnly(Set<String> names) throws CommandException {
        Set<String> others = new TreeSet<>(values.keySet());
        others.removeAll(names);
        if (!others.isEmpty()) {
            throw new CommandException(
                    Exit.USAGE,
                    "cannot read the arguments: unknown " + String.join(", ", others) + " vs "
                            + String.join(", ", new TreeSet<>(names)));
        }
    }

    private static CommandException wrong(String name, String expected) {
        return new CommandException(Exit.USAGE, "cannot read argument " + name + ": something else vs " + expected);
    }
}
