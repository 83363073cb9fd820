package cofre.server;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters in Prometheus' text format, with rest-server's names so that its dashboards work. Only requests that
 * succeeded are counted, so that strangers cannot make new labels. Thread-safe.
 */
final class Metrics {
    /** What was done to a file. */
    enum Operation {
        WRITE("written"),
        READ("read"),
        DELETE("deleted");

        private final String done;

        Operation(String done) {
            this.done = done;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Label(String repo, String type, String user) {}

    private static final class Count {
        private final LongAdder files = new LongAdder();
        private final LongAdder bytes = new LongAdder();
    }

    private final Map<Operation, Map<Label, Count>> counts = new ConcurrentHashMap<>();

    Metrics() {
        for (Operation operation : Operation.values()) {
            counts.put(operation, new ConcurrentHashMap<>());
        }
    }

    void count(Operation operation, String user, RepoPath repo, Item.StoredFile item, long bytes) {
        if (item instanceof Item.Config) {
            // rest-server does not count it either.
            return;
        }
        Label label = new Label(repo.toString(), item.kind(), user);
        Count count = counts.get(operation).computeIfAbsent(label, key -> new Count());
        count.files.increment();
        count.bytes.add(bytes);
    }

    /** All counters; a counter that was never touched is left out. */
    String render() {
        StringBuilder out = new StringBuilder();
        for (Operation operation : Operation.values()) {
            Map<Label, Count> sorted = new TreeMap<>(
                    Comparator.comparing(Label::repo).thenComparing(Label::type).thenComparing(Label::user));
            sorted.putAll(counts.get(operation));
            String name = "rest_server_blob_" + operation.word();
            header(out, name + "_total", "Total number of blobs " + operation.done);
            sorted.forEach((label, count) -> sample(out, name + "_total", label, count.files.sum()));
            header(out, name + "_bytes_total", "Total number of bytes of blobs " + operation.done);
            sorted.forEach((label, count) -> sample(out, name + "_bytes_total", label, count.bytes.sum()));
        }
        return out.toString();
    }

    private static void header(StringBuilder out, String name, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(" counter\n");
    }

    private static void sample(StringBuilder out, String name, Label label, long value) {
        out.append(name).append("{repo=\"").append(escaped(label.repo));
        out.append("\",type=\"").append(escaped(label.type));
        out.append("\",user=\"").append(escaped(label.user));
        out.append("\"} ").append(value).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
