package cofre.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The last restore point of one share, as this host knows it. A file that is damaged counts as none. Thread-safe. */
public final class ShareMemory {
    /** 2 since runs remember how they found what changed; a file of version 1 counts as none, which costs one walk. */
    private static final int VERSION = 2;

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
     * @param detection how it was found what had changed, and what the next run needs for that
     */
    public record LastPoint(
            String point,
            String repository,
            String source,
            String view,
            String viewId,
            Instant time,
            Detection detection) {}

    /**
     * How changes are found.
     *
     * @param method how the last run did it: {@code WALK}, {@code STREAM} or {@code DIFF}
     * @param why why so
     * @param lastAudit when everything was looked at
     * @param lastPart when a part was looked at besides
     * @param part which part
     * @param missed changes nothing had told of that were met
     * @param distrust why everything is looked at until further notice; empty when it is not
     * @param indexes index files of the repository
     * @param owners names of owners, by {@code u} or {@code g} and number
     */
    public record Detection(
            String method,
            String why,
            Optional<Instant> lastAudit,
            Optional<Instant> lastPart,
            int part,
            long missed,
            String distrust,
            Set<String> indexes,
            Map<String, String> owners) {
        public Detection {
            indexes = Set.copyOf(indexes);
            owners = Map.copyOf(owners);
        }
    }

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
                            Instant.parse(json.path("time").asText()),
                            detection(json.path("detection"))));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty(); // rebuilt by the next run
        }
    }

    private static Detection detection(JsonNode json) {
        Set<String> indexes = new HashSet<>();
        json.path("indexes").forEach(name -> indexes.add(name.asText()));
        Map<String, String> owners = new HashMap<>();
        json.path("owners")
                .properties()
                .forEach(owner -> owners.put(owner.getKey(), owner.getValue().asText()));
        return new Detection(
                json.path("method").asText(),
                json.path("why").asText(),
                moment(json.path("last_audit")),
                moment(json.path("last_part")),
                json.path("part").asInt(),
                json.path("missed").asLong(),
                json.path("distrust").asText(),
                indexes,
                owners);
    }

    private static Optional<Instant> moment(JsonNode json) {
        return json.asText().isEmpty() ? Optional.empty() : Optional.of(Instant.parse(json.asText()));
    }

    private static ObjectNode json(Detection detection) {
        ObjectNode json = JSON.createObjectNode();
        json.put("method", detection.method());
        json.put("why", detection.why());
        json.put("last_audit", detection.lastAudit().map(Instant::toString).orElse(""));
        json.put("last_part", detection.lastPart().map(Instant::toString).orElse(""));
        json.put("part", detection.part());
        json.put("missed", detection.missed());
        json.put("distrust", detection.distrust());
        detection.indexes().stream().sorted().forEach(json.putArray("indexes")::add);
        ObjectNode owners = json.putObject("owners");
        new TreeMap<>(detection.owners()).forEach(owners::put);
        return json;
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
        json.set("detection", json(last.detection()));
        file.write(JSON.writeValueAsBytes(json));
    }
}
