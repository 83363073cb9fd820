package cofre.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IndexCodecTest {
    private static final String PACK = "ab".repeat(32);
    private static final String BLOB = "cd".repeat(32);

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String blob(String fields) {
        return "{\"id\":\"" + BLOB + "\"," + fields + "}";
    }

    private static String index(String... blobs) {
        return "{\"packs\":[{\"id\":\"" + PACK + "\",\"blobs\":[" + String.join(",", blobs) + "]}]}\n";
    }

    @Test
    void writesWhatResticWrites() throws FormatException {
        PackedBlob data = new PackedBlob(BlobHandle.data(BlobId.parse(BLOB)), 0, 100, 0);
        PackedBlob tree = new PackedBlob(BlobHandle.tree(BlobId.parse(BLOB)), 100, 40, 77);
        IndexFile index = new IndexFile(List.of(new IndexFile.Pack(PackId.parse(PACK), List.of(data, tree))));
        byte[] json = IndexCodec.encode(index);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo(index(
                        blob("\"type\":\"data\",\"offset\":0,\"length\":100"),
                        blob("\"type\":\"tree\",\"offset\":100,\"length\":40,\"uncompressed_length\":77")));
        assertThat(IndexCodec.decode(json)).isEqualTo(index);
        assertThat(IndexCodec.encode(new IndexFile(List.of()))).isEqualTo(bytes("{\"packs\":[]}\n"));
    }

    @Test
    void passesOverWhatOldProgramsWrote() throws FormatException {
        String json = "{\"supersedes\":[\"" + PACK + "\"],\"packs\":[{\"new\":{},\"blobs\":["
                + blob("\"length\":32,\"offset\":64,\"type\":\"tree\",\"x\":[]") + ","
                + blob("\"length\":32,\"offset\":0,\"type\":\"data\",\"uncompressed_length\":null")
                + "],\"id\":\"" + PACK + "\"}]}";
        List<IndexFile.Pack> packs = new ArrayList<>();
        IndexCodec.decode(bytes(json), packs::add);
        assertThat(packs).hasSize(1);
        assertThat(packs.get(0).blobs()).extracting(PackedBlob::offset).containsExactly(64L, 0L);
    }

    static Stream<Arguments> refused() {
        String good = "\"type\":\"data\",\"offset\":0,\"length\":100";
        return Stream.of(
                Arguments.of("offset below 0", index(blob("\"type\":\"data\",\"offset\":-1,\"length\":100"))),
                Arguments.of(
                        "offset of 2^63",
                        index(blob("\"type\":\"data\",\"offset\":9223372036854775807,\"length\":100"))),
                Arguments.of("length of 2 GiB", index(blob("\"type\":\"data\",\"offset\":0,\"length\":2147483648"))),
                Arguments.of("length below a seal", index(blob("\"type\":\"data\",\"offset\":0,\"length\":31"))),
                Arguments.of("uncompressed over int", index(blob(good + ",\"uncompressed_length\":4294967296"))),
                Arguments.of(
                        "one over another", index(blob(good), blob("\"type\":\"tree\",\"offset\":99,\"length\":32"))),
                Arguments.of("the same place", index(blob(good), blob(good))),
                Arguments.of(
                        "a hole filled wrongly",
                        index(
                                blob("\"type\":\"data\",\"offset\":100,\"length\":50"),
                                blob("\"type\":\"data\",\"offset\":0,\"length\":101"))),
                Arguments.of("unknown type", index(blob("\"type\":\"file\",\"offset\":0,\"length\":100"))),
                Arguments.of("no type", index(blob("\"offset\":0,\"length\":100"))),
                Arguments.of("no offset", index(blob("\"type\":\"data\",\"length\":100"))),
                Arguments.of("no length", index(blob("\"type\":\"data\",\"offset\":0"))),
                Arguments.of("no id", index("{" + good + "}")),
                Arguments.of("1e999", index(blob("\"type\":\"data\",\"offset\":1e999,\"length\":100"))),
                Arguments.of("offset twice", index(blob(good + ",\"offset\":0"))),
                Arguments.of("pack without blobs", index()),
                Arguments.of("pack without id", "{\"packs\":[{\"blobs\":[" + blob(good) + "]}]}"),
                Arguments.of(
                        "pack id twice",
                        "{\"packs\":[{\"id\":\"" + PACK + "\",\"id\":\"" + PACK + "\",\"blobs\":[" + blob(good)
                                + "]}]}"),
                Arguments.of("packs twice", "{\"packs\":[],\"packs\":[]}"),
                Arguments.of("no packs", "{}"),
                Arguments.of("the oldest format", "[{\"id\":\"" + PACK + "\",\"blobs\":[]}]"),
                Arguments.of("a tree", "{\"nodes\":[]}"),
                Arguments.of("more behind", "{\"packs\":[]}{}"),
                Arguments.of("depth", "{\"packs\":" + "[".repeat(100_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String why, String json) {
        assertThatThrownBy(() -> IndexCodec.decode(bytes(json)))
                .as(why)
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("cannot read index: ");
    }

    @Test
    void cutAnywhereItIsRefused() {
        byte[] json = bytes(index(blob("\"type\":\"data\",\"offset\":0,\"length\":100")));
        for (int length = 0; length < json.length - 1; length++) {
            byte[] cut = Arrays.copyOf(json, length);
            assertThatThrownBy(() -> IndexCodec.decode(cut)).isInstanceOf(FormatException.class);
        }
    }
}
