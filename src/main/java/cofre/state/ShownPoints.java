package cofre.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The restore points of one share that are shown as previous versions, as the repository listed them last: so that they are
 * shown after a start although the repository does not answer. A file that is damaged counts as none. Thread-safe.
 */
public final class ShownPoints {
    private static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicFile file;

    /** What is kept in this file. */
    public ShownPoints(Path file) {
        this.file = new AtomicFile(file);
    }

    /**
     * One of them.
     *
     * @param name of its directory
     * @param point the snapshot's id, hex
     * @param time the moment it shows
     * @param tree its root tree, hex
     * @param inside where the share's root is below that tree, as {@link cofre.path.Display} writes paths
     * @param covered how many names of that the point was told to cover
     * @param mayBeCut whether some of those may be missing
     * @param rights the word for what is known of the rights of its files
     * @param bytes it holds
     * @param entries it holds
     * @param made whether it was ready to be shown once
     */
    public record Point(
            String name,
            String point,
            Instant time,
            String tree,
            String inside,
            int covered,
            boolean mayBeCut,
            String rights,
            long bytes,
            long entries,
            boolean made) {}

    /** Those listed last from this repository; none when it was another one. */
    public synchronized List<Point> read(String repository) throws IOException {
        byte[] bytes = file.read().orElse(new byte[0]);
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json.path("version").asInt() != VERSION
                    || !json.path("repository").asText().equals(repository)) {
                return List.of();
            }
            List<Point> points = new ArrayList<>();
            json.path("points").forEach(point -> points.add(point(point)));
            return points;
        } catch (JsonProcessingException | DateTimeException e) {
            return List.of(); // the next look at the repository makes it anew
        }
    }

    private static Point point(JsonNode json) {
        return new Point(
                json.path("name").asText(),
                json.path("point").asText(),
                Instant.parse(json.path("time").asText()),
                json.path("tree").asText(),
                json.path("inside").asText(),
                json.path("covered").asInt(),
                json.path("may_be_cut").asBoolean(),
                json.path("rights").asText(),
                json.path("bytes").asLong(),
                json.path("entries").asLong(),
                json.path("made").asBoolean());
    }

    /** Remembers these instead. When this returns they are on stable storage. */
    public synchronized void write(String repository, List<Point> points) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("repository", repository);
        ArrayNode array = json.putArray("points");
        for (Point point : points) {
            array.addObject()
                    .put("name", point.name())
                    .put("point", point.point())
                    .put("time", point.time().toString())
                    .put("tree", point.tree())
                    .put("inside", point.inside())
                    .put("covered", point.covered())
                    .put("may_be_cut", point.mayBeCut())
                    .put("rights", point.rights())
                    .put("bytes", point.bytes())
                    .put("entries", point.entries())
                    .put("made", point.made());
        }
        file.write(JSON.writeValueAsBytes(json));
    }
}
