package cofre.chunk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chunks made by restic itself (vectors/chunk-vectors.json), and the contents they were made from. */
public final class ChunkVectors {
    /** The polynomial of all vectors. */
    public static final Polynomial POLYNOMIAL = Polynomial.parse("3da3358b4dc173");

    private ChunkVectors() {}

    /** One chunk: its length and the SHA-256 of its bytes. */
    public record Chunk(int length, String sha256) {}

    /** The expected chunks of each input, by name. */
    public static Map<String, List<Chunk>> expected() throws IOException {
        Map<String, List<Chunk>> expected = new TreeMap<>();
        try (InputStream in = ChunkVectors.class.getResourceAsStream("/vectors/chunk-vectors.json")) {
            JsonNode all = new ObjectMapper().readTree(in);
            for (Map.Entry<String, JsonNode> vector : all.properties()) {
                List<Chunk> chunks = new ArrayList<>();
                vector.getValue()
                        .forEach(c -> chunks.add(
                                new Chunk(c.get(0).intValue(), c.get(1).textValue())));
                expected.put(vector.getKey(), chunks);
            }
        }
        return expected;
    }

    /** The bytes of the input {@code name}. */
    public static byte[] content(String name) {
        return switch (name) {
            case "v32" -> v32();
            case "v32-edit" -> edited(v32());
            case "v32-ins" -> inserted(v32());
            case "zero2m" -> new byte[2 << 20];
            case "ones20m" -> ones(20 << 20);
            case "min-1" -> Arrays.copyOf(v32(), Chunker.MIN - 1);
            case "min" -> Arrays.copyOf(v32(), Chunker.MIN);
            case "min+1" -> Arrays.copyOf(v32(), Chunker.MIN + 1);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** SHA-256 of a range, in hexadecimal. */
    public static String sha256(byte[] content, int off, int len) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content, off, len);
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] v32() {
        ByteBuffer content = ByteBuffer.allocate(32 << 20);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long i = 0; content.hasRemaining(); i++) {
                content.put(
                        digest.digest(ByteBuffer.allocate(Long.BYTES).putLong(i).array()));
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return content.array();
    }

    private static byte[] edited(byte[] content) {
        Arrays.fill(content, 10_000_000, 10_000_100, (byte) 'A');
        return content;
    }

    private static byte[] inserted(byte[] content) {
        byte[] more = "INSERTED".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer result = ByteBuffer.allocate(content.length + more.length);
        return result.put(content, 0, 5_000_000)
                .put(more)
                .put(content, 5_000_000, content.length - 5_000_000)
                .array();
    }

    private static byte[] ones(int length) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 0xff);
        return content;
    }
}
