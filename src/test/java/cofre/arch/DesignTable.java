package cofre.arch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of rooms in docs/design.md: rows {@code | `room` | what | rooms | libraries |}. */
final class DesignTable {
    private static final Path DESIGN = Path.of("docs/design.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z.]+)` \\|[^|\\n]*\\|([^|\\n]*)\\|([^|\\n]*)\\|$");

    private DesignTable() {}

    static SortedMap<String, Room> read() throws IOException {
        SortedMap<String, Room> rooms = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(DESIGN));
        while (row.find()) {
            rooms.put(row.group(1), new Room(row.group(1), words(row.group(2), "[ ,]+"), words(row.group(3), ",")));
        }
        return rooms;
    }

    private static SortedSet<String> words(String cell, String between) {
        return Arrays.stream(cell.strip().split(between))
                .map(String::strip)
                .filter(w -> !w.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
