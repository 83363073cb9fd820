package cofre.config;

import cofre.path.Display;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects faults, each with the line of the key it is about. */
final class Faults {
    private final KeyLines lines;
    private final List<ConfigFault> found = new ArrayList<>();
    private final Set<List<String>> faulty = new HashSet<>();

    Faults(KeyLines lines) {
        this.lines = lines;
    }

    /** Notes a fault, unless the key or a table around it has one: what follows from the first is no news. */
    void add(List<String> path, String actual, String expected) {
        for (int length = 1; length <= path.size(); length++) {
            if (faulty.contains(path.subList(0, length))) {
                return;
            }
        }
        faulty.add(List.copyOf(path));
        found.add(new ConfigFault(lines.lineOf(path), shown(String.join(".", path)), actual, expected));
    }

    /** Text from the file, quoted so that it can be shown. */
    static String quoted(String text) {
        return '"' + shown(text) + '"';
    }

    static String shown(String text) {
        return Display.text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** All faults in the order of the file. */
    List<ConfigFault> inOrder() {
        List<ConfigFault> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(ConfigFault::line));
        return sorted;
    }
}
