package cofre.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeCodecTest {
    private static final String TIMES =
            "\"mtime\":\"2024-02-29T12:00:00.5Z\",\"atime\":\"2024-02-29T12:00:00.5Z\",\"ctime\":\"2024-02-29T12:00:00.5Z\"";
    private static final String ID = "ab".repeat(32);

    private static String encoded(Node... nodes) throws FormatException {
        return new String(TreeCodec.encode(new Tree(List.of(nodes))), StandardCharsets.UTF_8);
    }

    private static Tree decoded(String json) throws FormatException {
        return TreeCodec.decode(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Node node(String name, Metadata metadata, Node.Body body) {
        return new Node(RawName.ofText(name), metadata, body);
    }

    @Test
    void theEmptyTreeHasItsWellKnownId() throws Exception {
        byte[] empty = TreeCodec.encode(new Tree(List.of()));
        assertThat(empty).hasSize(13);
        assertThat(Sha256.hash(empty).hex())
                .isEqualTo("ac08ce34ba4f8123618661bef2425f7028ffb9ac740578a3ee88684d2523fee8");
        assertThat(TreeCodec.decode(empty).nodes()).isEmpty();
        assertThat(decoded("{\"nodes\":null}").nodes()).isEmpty();
    }

    @Test
    void leavesOutWhatIsZeroAndKeepsTheOrder() throws Exception {
        assertThat(encoded(node("a", Trees.metadata(0), new Node.FileBody(0, List.of()))))
                .isEqualTo("{\"nodes\":[{\"name\":\"a\",\"type\":\"file\"," + TIMES
                        + ",\"uid\":0,\"gid\":0,\"content\":[]}]}\n");
    }

    @Test
    void writesEveryFieldInResticsOrder() throws Exception {
        JsonNode value = new ObjectMapper().readTree("{\"b\":[1,true,null,\"<\"],\"a\":-1.5}");
        Metadata metadata = new Metadata(
                04755,
                Trees.TIME,
                Trees.TIME,
                Trees.TIME,
                4_294_967_294L,
                1,
                "josé",
                "a&b",
                -1,
                7,
                2,
                List.of(new Xattr(bytes("user.x"), bytes("v")), new Xattr(bytes("user.y"), new byte[0])),
                Map.of("z.key", value, "a.key", value));
        Node file = new Node(
                RawName.ofText("f"),
                metadata,
                new Node.FileBody(9, List.of(BlobId.parse(ID), BlobId.parse(ID))),
                "bad");
        assertThat(encoded(file))
                .isEqualTo("{\"nodes\":[{\"name\":\"f\",\"type\":\"file\",\"mode\":8389101," + TIMES
                        + ",\"uid\":4294967294,\"gid\":1,\"user\":\"josé\",\"group\":\"a\\u0026b\""
                        + ",\"inode\":18446744073709551615,\"device_id\":7,\"size\":9,\"links\":2"
                        + ",\"extended_attributes\":[{\"name\":\"user.x\",\"value\":\"dg==\"},{\"name\":\"user.y\",\"value\":\"\"}]"
                        + ",\"generic_attributes\":{\"a.key\":{\"b\":[1,true,null,\"\\u003c\"],\"a\":-1.5}"
                        + ",\"z.key\":{\"b\":[1,true,null,\"\\u003c\"],\"a\":-1.5}}"
                        + ",\"content\":[\"" + ID + "\",\"" + ID + "\"],\"error\":\"bad\"}]}\n");
        assertThat(encoded(decoded(encoded(file)).nodes().get(0))).isEqualTo(encoded(file));
    }

    @Test
    void modesAreGosAndNotUnixs() throws Exception {
        assertThat(encoded(Trees.file("a"))).contains("\"mode\":420,");
        assertThat(encoded(node("a", Trees.metadata(0755), new Node.DirBody(BlobId.parse(ID)))))
                .contains("\"mode\":2147484141,")
                .contains("\"content\":null,\"subtree\":\"" + ID + "\"");
        assertThat(encoded(node("a", Trees.metadata(0777), new Node.SymlinkBody(bytes("t")))))
                .contains("\"mode\":134218239,")
                .contains("\"linktarget\":\"t\",\"content\":null}");
        assertThat(encoded(node("a", Trees.metadata(0), new Node.DeviceBody(NodeType.CHAR_DEVICE, 259))))
                .contains("\"mode\":69206016,")
                .contains("\"device\":259,\"content\":null}");
        assertThat(encoded(node("a", Trees.metadata(07000), new Node.SpecialBody(NodeType.FIFO))))
                .contains("\"mode\":" + ((1L << 25) | (1L << 23) | (1L << 22) | (1L << 20)) + ",");
    }

    @Test
    void everyTypeComesBack() throws Exception {
        Tree tree = new Tree(List.of(
                node("1", Trees.metadata(07777), new Node.FileBody(5, List.of(BlobId.parse(ID)))),
                node("2", Trees.metadata(01777), new Node.DirBody(BlobId.parse(ID))),
                node("3", Trees.metadata(0777), new Node.SymlinkBody(new byte[] {(byte) 0xff, 'a'})),
                node("4", Trees.metadata(0660), new Node.DeviceBody(NodeType.BLOCK_DEVICE, -1)),
                node("5", Trees.metadata(0660), new Node.DeviceBody(NodeType.CHAR_DEVICE, 0)),
                node("6", Trees.metadata(0), new Node.SpecialBody(NodeType.FIFO)),
                node("7", Trees.metadata(0), new Node.SpecialBody(NodeType.SOCKET)),
                node("8", Trees.metadata(0), new Node.SpecialBody(NodeType.IRREGULAR))));
        assertThat(TreeCodec.decode(TreeCodec.encode(tree))).isEqualTo(tree);
    }

    @Test
    void aRawLinkTargetIsKeptBesideItsText() throws Exception {
        Node link = node("l", Trees.metadata(0777), new Node.SymlinkBody(new byte[] {'a', (byte) 0xe9}));
        assertThat(encoded(link)).contains("\"linktarget\":\"a\\ufffd\",\"linktarget_raw\":\"Yek=\"");
    }

    @Test
    void theEncoderRefusesDisorderAndIsReusable() throws Exception {
        TreeEncoder encoder = new TreeEncoder();
        encoder.add(Trees.file("b"));
        assertThatThrownBy(() -> encoder.add(Trees.file("b"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encoder.add(Trees.file("a"))).isInstanceOf(IllegalArgumentException.class);
        byte[] first = encoder.finish();
        encoder.add(Trees.file("a"));
        encoder.finish();
        encoder.add(Trees.file("b"));
        assertThat(encoder.finish()).isEqualTo(first);
    }

    @Test
    void anEntryThatWouldPassTheBoundIsRefusedAndLeavesTheTreeWhole() throws Exception {
        TreeEncoder encoder = new TreeEncoder();
        encoder.add(Trees.file("a"));
        List<BlobId> content = Collections.nCopies(TreeCodec.MAX_BYTES / 67, BlobId.parse(ID));
        assertThatThrownBy(() -> encoder.add(node("b", Trees.metadata(0), new Node.FileBody(1, content))))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("cannot write tree: over 134217728 bytes with \"b\"");
        Metadata fat = withXattr(new byte[TreeCodec.MAX_XATTR + 1]);
        assertThatThrownBy(() -> encoder.add(node("b", fat, new Node.FileBody(0, List.of()))))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("has 16777217 bytes vs at most 16777216");
        assertThat(encoder.finish()).isEqualTo(TreeCodec.encode(new Tree(List.of(Trees.file("a")))));
    }

    @Test
    void readsFieldsInAnyOrderAndPassesOverUnknownOnes() throws Exception {
        Node node = decoded("{ \"x\":{\"nodes\":[1]}, \"nodes\" : [ {\"content\":[\"" + ID
                        + "\"],\"new\":[[{}]],\"size\":3,"
                        + "\"type\":\"file\",\"name\":\"n\",\"user\":null,\"extended_attributes\":null} ], \"y\":1 } ")
                .nodes()
                .get(0);
        assertThat(node.body()).isEqualTo(new Node.FileBody(3, List.of(BlobId.parse(ID))));
        assertThat(node.metadata().mtime()).isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
        assertThat(node.metadata().user()).isEmpty();
    }

    @Test
    void acceptsNullValuesOfOldExtendedAttributes() throws Exception {
        Node node = decoded(Trees.json(
                        "{\"name\":\"n\",\"type\":\"fifo\",\"extended_attributes\":[{\"name\":\"a\",\"value\":null}]}"))
                .nodes()
                .get(0);
        assertThat(node.metadata().xattrs()).containsExactly(new Xattr(bytes("a"), new byte[0]));
    }

    @Test
    void anEmptyFileWithoutContentIsEmpty() throws Exception {
        assertThat(decoded(Trees.json("{\"name\":\"n\",\"type\":\"file\",\"content\":null}"))
                        .nodes()
                        .get(0)
                        .body())
                .isEqualTo(new Node.FileBody(0, List.of()));
    }

    @Test
    void theLargestExtendedAttributeComesBack() throws Exception {
        Tree tree =
                new Tree(List.of(node("a", withXattr(new byte[TreeCodec.MAX_XATTR]), new Node.FileBody(0, List.of()))));
        assertThat(TreeCodec.decode(TreeCodec.encode(tree))).isEqualTo(tree);
    }

    private static Metadata withXattr(byte[] value) {
        return new Metadata(
                0,
                Trees.TIME,
                Trees.TIME,
                Trees.TIME,
                0,
                0,
                "",
                "",
                0,
                0,
                0,
                List.of(new Xattr(bytes("x"), value)),
                Map.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
