package cofre.zfs;

import cofre.source.SourceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What {@code zfs get -Hp -o name,property,value,source} says of one dataset or snapshot. */
final class Properties {
    private static final int COLUMNS = 4;

    /** Set on the thing itself, neither inherited nor received. */
    private static final String LOCAL = "local";

    private record Value(String text, String source) {}

    private final Map<String, Value> values = new LinkedHashMap<>();

    private Properties() {}

    /** By name, in the order of the output. */
    static Map<String, Properties> byName(String doing, String out) throws SourceException {
        Map<String, Properties> found = new LinkedHashMap<>();
        for (String[] line : Table.lines(doing, out, COLUMNS)) {
            found.computeIfAbsent(line[0], n -> new Properties()).values.put(line[1], new Value(line[2], line[3]));
        }
        return found;
    }

    /** A property's value, empty text when it was not printed. */
    String text(String property) {
        return values.containsKey(property) ? values.get(property).text() : "";
    }

    long number(String doing, String property) throws SourceException {
        return Table.number(doing, text(property));
    }

    /** Whether {@code label} is a snapshot of ours by its name and by the marks it carries itself. */
    boolean areOfAnOwnSnapshot(String label) {
        Optional<SnapshotName> name = SnapshotName.of(label);
        return name.isPresent()
                && isLocal(Marks.RUN)
                && Marks.isRunId(text(Marks.RUN))
                && isLocal(Marks.POINT)
                && text(Marks.POINT).equals(name.get().stamp());
    }

    private boolean isLocal(String property) {
        return values.containsKey(property) && values.get(property).source().equals(LOCAL);
    }
}
