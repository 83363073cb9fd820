package cofre.state;

import cofre.format.KeyId;
import cofre.format.RepositoryId;
import cofre.format.SnapshotId;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What this host knows of one repository of its configuration, kept in a file. Thread-safe. */
public final class RepositoryMemory {
    private static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final AtomicFile file;

    /** What is kept in this file. */
    public RepositoryMemory(Path path) {
        this.path = path;
        this.file = new AtomicFile(path);
    }

    /**
     * What is known; empty when nothing ever was.
     *
     * @throws IOException also when the file is damaged: then nothing is known, and that is worth telling
     */
    public synchronized Optional<KnownRepository> read() throws IOException {
        Optional<byte[]> bytes = file.read();
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(bytes.get());
            if (json.path("version").asInt() != VERSION) {
                throw new IOException("cannot read " + path + ": version "
                        + json.path("version").asText() + " vs " + VERSION);
            }
            return Optional.of(known(json));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            throw new IOException("cannot read " + path + ": it is damaged vs what was written", e);
        }
    }

    private static KnownRepository known(JsonNode json) {
        Set<KeyId> keys = new HashSet<>();
        json.path("keys").forEach(key -> keys.add(KeyId.parse(key.asText())));
        List<KnownRepository.OwnPoint> points = new ArrayList<>();
        json.path("points")
                .forEach(point -> points.add(new KnownRepository.OwnPoint(
                        SnapshotId.parse(point.path("id").asText()),
                        point.path("share").asText(),
                        Instant.parse(point.path("time").asText()),
                        point.path("series").asText())));
        return new KnownRepository(
                RepositoryId.parse(json.path("id").asText()),
                Long.parseUnsignedLong(json.path("polynomial").asText(), 16),
                keys,
                points,
                json.path("indexes").asInt(),
                Instant.parse(json.path("seen").asText()),
                json.path("alarm").asText());
    }

    /** Remembers this instead. When this returns it is on stable storage. */
    public synchronized void write(KnownRepository known) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("id", known.id().hex());
        json.put("polynomial", Long.toHexString(known.polynomial()));
        known.keys().stream().map(KeyId::hex).sorted().forEach(json.putArray("keys")::add);
        ArrayNode points = json.putArray("points");
        for (KnownRepository.OwnPoint point : known.points()) {
            points.addObject()
                    .put("id", point.id().hex())
                    .put("share", point.share())
                    .put("time", point.time().toString())
                    .put("series", point.series());
        }
        json.put("indexes", known.indexes());
        json.put("seen", known.seen().toString());
        json.put("alarm", known.alarm());
        file.write(JSON.writeValueAsBytes(json));
    }

    /** Changes what is known; nothing when nothing is. */
    public synchronized void update(UnaryOperator<KnownRepository> change) throws IOException {
        Optional<KnownRepository> known = read();
        if (known.isPresent()) {
            write(change.apply(known.get()));
        }
    }
}
