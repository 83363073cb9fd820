package cofre.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in the text each key is. The TOML parser knows lines only of what it cannot parse; faults of meaning need them as
 * well. Reads only what it needs of TOML: headers, keys at the start of a line, and what may span lines.
 */
final class KeyLines {
    private final Map<List<String>, Integer> lines = new HashMap<>();
    private int duplicate;

    private KeyLines() {}

    /** Reads {@code text}, which need not be valid. */
    static KeyLines of(String text) {
        KeyLines found = new KeyLines();
        List<String> table = List.of();
        OpenValue open = new OpenValue();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            boolean continued = open.isOpen();
            String rest = line;
            if (!continued) {
                KeyScan scan = KeyScan.of(line);
                if (scan.isHeader()) {
                    table = scan.names();
                    found.put(table, number);
                    continue;
                }
                if (!scan.names().isEmpty()) {
                    List<String> path = new ArrayList<>(table);
                    path.addAll(scan.names());
                    found.put(path, number);
                }
                rest = scan.rest();
            }
            open.read(rest);
        }
        return found;
    }

    private void put(List<String> path, int line) {
        if (lines.putIfAbsent(List.copyOf(path), line) != null && duplicate == 0) {
            duplicate = line;
        }
    }

    /** The line of this key, or of the nearest table around it, from 1; 0 when there is none. */
    int lineOf(List<String> path) {
        for (int length = path.size(); length > 0; length--) {
            Integer line = lines.get(path.subList(0, length));
            if (line != null) {
                return line;
            }
        }
        return 0;
    }

    /** The line of the first key that was there before; 0 when none was. */
    int duplicateLine() {
        return duplicate;
    }
}
