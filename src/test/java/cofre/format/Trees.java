package cofre.format;

import cofre.path.RawName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Nodes for tests. */
final class Trees {
    static final Instant TIME = Instant.parse("2024-02-29T12:00:00.5Z");

    private Trees() {}

    static Metadata metadata(int mode) {
        return new Metadata(mode, TIME, TIME, TIME, 0, 0, "", "", 0, 0, 0, List.of(), Map.of());
    }

    static Node file(String name) {
        return new Node(RawName.ofText(name), metadata(0644), new Node.FileBody(0, List.of()));
    }

    static String json(String... nodes) {
        return "{\"nodes\":[" + String.join(",", nodes) + "]}\n";
    }

    static String fifo(String name) {
        return "{\"name\":\"" + name + "\",\"type\":\"fifo\"}";
    }
}
