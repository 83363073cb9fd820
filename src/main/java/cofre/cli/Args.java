package cofre.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Arguments of a request in the order they are put; unlike {@link Map#of} takes what is not given. */
final class Args {
    private final Map<String, Object> values = new LinkedHashMap<>();

    Args put(String name, Object value) {
        values.put(name, value);
        return this;
    }

    Map<String, Object> map() {
        return values;
    }
}
