package cofre.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The last restore point of one share, as this host knows it. A file that is damaged counts as none. Thread-safe. */
public final class ShareMemory {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicFile file;

    /** The memory kept in this file. */
    public ShareMemory(Path file) {
        this.file = new AtomicFile(file);
    }

    /**
     * A share's last restore point.
     *
     * @param point the snapshot's id, hex
     * @param repository the repository's id, hex
     * @param source the source's identity: a dataset's guid or a directory
     * @param view the frozen view's name
     * @param viewId the ZFS snapshot's guid; empty for a directory
     * @param time the moment it shows
     */
    public record LastPoint(String point, String repository, String source, String view, String viewId, Instant time) {}

    /** What is remembered. */
    public synchronized Optional<LastPoint> read() throws IOException {
        Optional<byte[]> bytes = file.read();
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(bytes.get());
            return json.path("version").asInt() != VERSION
                    ? Optional.empty()
                    : Optional.of(new LastPoint(
                            json.path("point").asText(),
                            json.path("repository").asText(),
                            json.path("source").asText(),
                            json.path("view").asText(),
                            json.path("view_id").asText(),
                            Instant.parse(json.path("time").asText())));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty(); // rebuilt by the next run
        }
    }

    /** Remembers this one instead. When this returns it is on stable storage. */
    public synchronized void write(LastPoint last) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("point", last.point());
        json.put("repository", last.repository());
        json.put("source", last.source());
        json.put("view", last.view());
        json.put("view_id", last.viewId());
        json.put("time", last.time().toString());
        file.write(JSON.writeValueAsBytes(json));
    }
}
