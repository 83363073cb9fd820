package cofre.zfs;

import cofre.source.SourceException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of tab-separated fields as {@code zfs -H} prints them. The last field may hold tabs and newlines (a mount point
 * may), so a line that does not look like the beginning of a row is read as the rest of the row above it.
 */
final class Table {
    private static final char TAB = '\t';

    private Table() {}

    /**
     * The rows of {@code out}.
     *
     * @param columns number of fields of a row
     * @param guid which of them is a guid, the mark by which a row is known
     */
    static List<String[]> rows(String doing, String out, int columns, int guid) throws SourceException {
        List<String[]> rows = new ArrayList<>();
        int at = 0;
        while (at < out.length()) {
            int end = out.indexOf('\n', at);
            String line = out.substring(at, end < 0 ? out.length() : end);
            at += line.length() + 1;
            String[] row = line.split("\t", columns);
            if (row.length == columns && isNumber(row[guid])) {
                rows.add(row);
            } else if (rows.isEmpty()) {
                throw garbled(doing, line, columns);
            } else {
                rows.get(rows.size() - 1)[columns - 1] += "\n" + line;
            }
        }
        return rows;
    }

    /** Lines of exactly {@code columns} fields, none of which can hold a newline. */
    static List<String[]> lines(String doing, String out, int columns) throws SourceException {
        List<String[]> rows = new ArrayList<>();
        for (String line : (Iterable<String>) out.lines()::iterator) {
            String[] row = line.split(String.valueOf(TAB), -1);
            if (row.length != columns) {
                throw garbled(doing, line, columns);
            }
            rows.add(row);
        }
        return rows;
    }

    /** A whole number that zfs printed with {@code -p}. */
    static long number(String doing, String text) throws SourceException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new SourceException.ToolFailed(
                    "cannot " + doing + ": zfs printed \"" + shown(text) + "\" vs a whole number; nothing was changed; "
                            + "run the same command by hand",
                    e);
        }
    }

    /** Guids are unsigned 64-bit numbers and stay text. */
    static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 20 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static SourceException garbled(String doing, String line, int columns) {
        return new SourceException.ToolFailed(
                "cannot " + doing + ": zfs printed the line \"" + shown(line) + "\" vs " + columns
                        + " fields with tabs between them; nothing was changed; run the same command by hand",
                null);
    }

    private static String shown(String latin1) {
        String cut = latin1.length() <= 200 ? latin1 : latin1.substring(0, 200) + "...";
        return cofre.path.Display.text(cut.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
