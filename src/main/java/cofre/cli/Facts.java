package cofre.cli;

import java.io.PrintStream;
import java.util.Map;

/** A view for what has no table: each field on a line, sizes readable, {@code text} as it is. */
final class Facts implements View {
    static final Facts VIEW = new Facts();

    private Facts() {}

    @Override
    public void item(PrintStream out, Row row) {
        StringBuilder line = new StringBuilder();
        row.values()
                .keySet()
                .forEach(name -> line.append(line.length() == 0 ? "" : "  ")
                        .append(label(name))
                        .append(": ")
                        .append(value(row, name)));
        out.println(line);
    }

    @Override
    public void end(PrintStream out, Row data) {
        for (Map.Entry<String, ?> field : data.values().entrySet()) {
            if (field.getKey().equals("text")) {
                out.println(Safe.lines(String.valueOf(field.getValue())));
            } else if (!(field.getValue() instanceof Map<?, ?> || field.getValue() instanceof Iterable<?>)) {
                out.println(label(field.getKey()) + ": " + value(data, field.getKey()));
            }
        }
    }

    static String label(String name) {
        String plain = name.endsWith("_bytes") ? name.substring(0, name.length() - "_bytes".length()) : name;
        return Safe.line(plain).replace('_', ' ');
    }

    private static String value(Row row, String name) {
        return name.endsWith("_bytes") || name.equals("bytes") ? row.bytes(name) : row.text(name);
    }
}
