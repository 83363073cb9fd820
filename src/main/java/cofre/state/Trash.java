package cofre.state;

import cofre.format.SnapshotId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of restore points of one repository that were forgotten, as they were stored there: sealed. A file for each.
 * Thread-safe.
 */
public final class Trash {
    private static final int VERSION = 1;
    private static final String END = ".json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path dir;

    /** What is kept in this directory, which is made when something is put there first. */
    public Trash(Path dir) {
        this.dir = dir;
    }

    /**
     * A record that is kept.
     *
     * @param id its name
     * @param time when it was forgotten, by the wall clock: for people
     * @param until when it may go, on the scale of {@link PassedTime}
     * @param stored the bytes the repository had under that name
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Forgotten(SnapshotId id, Instant time, Duration until, byte[] stored) {}

    /** Keeps one. When this returns it is on stable storage. */
    public synchronized void put(Forgotten one) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("id", one.id().hex());
        json.put("time", one.time().toString());
        json.put("until_ms", one.until().toMillis());
        json.put("stored", one.stored());
        file(one.id()).write(JSON.writeValueAsBytes(json));
    }

    /** All there are, in no order. One whose file is damaged cannot come back, and is passed over. */
    public synchronized List<Forgotten> list() throws IOException {
        List<Forgotten> all = new ArrayList<>();
        for (SnapshotId id : ids()) {
            read(id).ifPresent(all::add);
        }
        return all;
    }

    private Optional<Forgotten> read(SnapshotId id) throws IOException {
        byte[] bytes = file(id).read().orElse(new byte[0]);
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json.path("version").asInt() != VERSION
                    || !json.path("id").asText().equals(id.hex())) {
                return Optional.empty();
            }
            return Optional.of(new Forgotten(
                    id,
                    Instant.parse(json.path("time").asText()),
                    Duration.ofMillis(json.path("until_ms").asLong()),
                    JSON.convertValue(json.path("stored"), byte[].class)));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Names of all there are. */
    public synchronized List<SnapshotId> ids() throws IOException {
        List<SnapshotId> ids = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, "*" + END)) {
            for (Path file : files) {
                id(file.getFileName().toString()).ifPresent(ids::add);
            }
        } catch (NoSuchFileException e) {
            return ids;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return ids;
    }

    private static Optional<SnapshotId> id(String name) {
        try {
            return Optional.of(SnapshotId.parse(name.substring(0, name.length() - END.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a leftover of a crash
        }
    }

    /** Keeps one no longer; one that is not there counts as removed. */
    public synchronized void remove(SnapshotId id) throws IOException {
        file(id).delete();
    }

    private AtomicFile file(SnapshotId id) {
        return new AtomicFile(dir.resolve(id.hex() + END));
    }
}
