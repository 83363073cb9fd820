package cofre.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** What the last check of one repository came to. A file that is damaged counts as none. Thread-safe. */
public final class CheckMemory {
    private static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicFile file;

    /** What is kept in this file. */
    public CheckMemory(Path file) {
        this.file = new AtomicFile(file);
    }

    /**
     * A check.
     *
     * @param time when it ended
     * @param damages how many findings were damage
     * @param first the first of them, a sentence; empty when there was none
     * @param packs packs there were
     * @param bytesRead bytes of packs read
     */
    public record Result(Instant time, long damages, String first, int packs, long bytesRead) {}

    /** What is remembered. */
    public synchronized Optional<Result> read() throws IOException {
        Optional<byte[]> bytes = file.read();
        try {
            JsonNode json = JSON.readTree(bytes.orElse(new byte[0]));
            return json.path("version").asInt() != VERSION
                    ? Optional.empty()
                    : Optional.of(new Result(
                            Instant.parse(json.path("time").asText()),
                            json.path("damages").asLong(),
                            json.path("first").asText(),
                            json.path("packs").asInt(),
                            json.path("bytes_read").asLong()));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Remembers this one instead. When this returns it is on stable storage. */
    public synchronized void write(Result result) throws IOException {
        file.write(JSON.writeValueAsBytes(JSON.createObjectNode()
                .put("version", VERSION)
                .put("time", result.time().toString())
                .put("damages", result.damages())
                .put("first", result.first())
                .put("packs", result.packs())
                .put("bytes_read", result.bytesRead())));
    }
}
