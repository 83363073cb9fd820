package cofre.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows with aligned columns. A heading that begins with {@code >} aligns its column to the right. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> headings;

    Table(String... headings) {
        this.headings = List.of(headings);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Adds a row; cells must be safe to print. */
    void add(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    void print(PrintStream out) {
        List<String> titles = new ArrayList<>();
        headings.forEach(h -> titles.add(h.startsWith(">") ? h.substring(1) : h));
        int[] widths = new int[headings.size()];
        measure(titles, widths);
        rows.forEach(row -> measure(row, widths));
        print(out, titles, widths);
        rows.forEach(row -> print(out, row, widths));
    }

    private static void measure(List<String> row, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], length(row.get(i)));
        }
    }

    private void print(PrintStream out, List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(widths[i] - length(row.get(i)));
            boolean right = headings.get(i).startsWith(">");
            line.append(i == 0 ? "" : "  ")
                    .append(right ? pad : "")
                    .append(row.get(i))
                    .append(right ? "" : pad);
        }
        out.println(line.toString().stripTrailing());
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
