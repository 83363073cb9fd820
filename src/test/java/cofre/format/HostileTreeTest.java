package cofre.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a tree blob must not be: S5, H1, H4 and H6 of the fault matrix. */
class HostileTreeTest {
    private static final String ID = "ab".repeat(32);

    static Stream<Arguments> refused() {
        return Stream.of(
                row("parent as a name", Trees.json(Trees.fifo("..")), "parent"),
                row("self as a name", Trees.json(Trees.fifo(".")), "parent"),
                row("empty name", Trees.json(Trees.fifo("")), "empty"),
                row("slash in a name", Trees.json(Trees.fifo("a/b")), "slash"),
                row("slash by an escape", Trees.json(Trees.fifo("a\\\\x2fb")), "slash"),
                row("NUL in a name", Trees.json(Trees.fifo("a\\\\x00b")), "NUL"),
                row("NUL by JSON", Trees.json(Trees.fifo("a\\u0000b")), "NUL"),
                row("parent by escapes", Trees.json(Trees.fifo("\\\\x2e\\\\056")), "parent"),
                row("no Go literal", Trees.json(Trees.fifo("\\\\q")), "escape"),
                row("a name twice", Trees.json(Trees.fifo("a"), Trees.fifo("a")), "strictly ascending"),
                row("a name twice by an escape", Trees.json(Trees.fifo("a"), Trees.fifo("\\\\x61")), "ascending"),
                row("not sorted", Trees.json(Trees.fifo("b"), Trees.fifo("a")), "ascending"),
                row("sorted as UTF-16", Trees.json(Trees.fifo("\ud83d\ude00"), Trees.fifo("\uffee")), "ascending"),
                row("no name", Trees.json("{\"type\":\"fifo\"}"), "without name"),
                row("no type", Trees.json("{\"name\":\"a\"}"), "without type"),
                row("null type", Trees.json("{\"name\":\"a\",\"type\":null}"), "without type"),
                row("unknown type", node("\"type\":\"door\""), "another type"),
                row("empty type", node("\"type\":\"\""), "another type"),
                row("dir without subtree", node("\"type\":\"dir\""), "without subtree"),
                row("short subtree", node("\"type\":\"dir\",\"subtree\":\"ab\""), "2 characters"),
                row("upper case id", node("\"type\":\"dir\",\"subtree\":\"" + "AB".repeat(32) + "\""), "lower-case"),
                row("file that lost its content", node("\"type\":\"file\",\"size\":1"), "without content"),
                row("content of null", node("\"type\":\"file\",\"content\":[null]"), "null"),
                row("negative size", node("\"type\":\"file\",\"content\":[],\"size\":-1"), "out of range"),
                row("size over 2^63", node("\"type\":\"file\",\"content\":[],\"size\":9223372036854775808"), "vs 0 to"),
                row("uid over 2^32", node("\"type\":\"fifo\",\"uid\":4294967296"), "4294967296"),
                row("fraction", node("\"type\":\"fifo\",\"uid\":1.5"), "fraction"),
                row("1e999", node("\"type\":\"fifo\",\"inode\":1e999"), "exponent"),
                row(
                        "1e999 in an attribute",
                        node("\"type\":\"fifo\",\"generic_attributes\":{\"a\":1e999}"),
                        "too large"),
                row("inode over 2^64", node("\"type\":\"fifo\",\"inode\":18446744073709551616"), "out of range"),
                row("number of 10000 digits", node("\"type\":\"fifo\",\"inode\":" + "1".repeat(10_000)), "cannot read"),
                row("string as number", node("\"type\":\"fifo\",\"uid\":\"1\""), "a string"),
                row("field twice", node("\"type\":\"fifo\",\"uid\":1,\"uid\":2"), "twice"),
                row("null and then a value", node("\"type\":\"fifo\",\"uid\":null,\"uid\":2"), "twice"),
                row("attribute twice", node("\"type\":\"fifo\",\"generic_attributes\":{\"a\":1,\"a\":2}"), "twice"),
                row(
                        "key in an attribute twice",
                        node("\"type\":\"fifo\",\"generic_attributes\":{\"a\":{\"b\":1,\"b\":2}}"),
                        "twice"),
                row("bad time", node("\"type\":\"fifo\",\"mtime\":\"yesterday\""), "time"),
                row("xattr without name", node("\"type\":\"fifo\",\"extended_attributes\":[{\"value\":\"\"}]"), "name"),
                row(
                        "bad base 64",
                        node("\"type\":\"fifo\",\"extended_attributes\":[{\"name\":\"a\",\"value\":\"*\"}]"),
                        "base 64"),
                row(
                        "base 64 without padding",
                        node("\"type\":\"fifo\",\"extended_attributes\":[{\"name\":\"a\",\"value\":\"YQ\"}]"),
                        "base 64"),
                row("NUL in a link", node("\"type\":\"symlink\",\"linktarget\":\"a\\u0000\""), "NUL"),
                row("NUL in a raw link", node("\"type\":\"symlink\",\"linktarget_raw\":\"AA==\""), "NUL"),
                row("node is an array", Trees.json("[]"), "an array"),
                row("node is null", Trees.json("null"), "null"),
                row("nodes is an object", "{\"nodes\":{}}", "an object"),
                row("nodes twice", "{\"nodes\":[],\"nodes\":[]}", "second"),
                row("no nodes", "{}", "without nodes"),
                row(
                        "a snapshot",
                        "{\"time\":\"2020-01-01T00:00:00Z\",\"tree\":\"" + ID + "\",\"paths\":[\"/\"]}",
                        "without nodes"),
                row("an index", "{\"packs\":[]}", "without nodes"),
                row("a list", "[]", "object"),
                row("nothing", "", "0 bytes"),
                row("white space first", " {\"nodes\":[]}", "object"),
                row("byte order mark", "\ufeff{\"nodes\":[]}", "object"),
                row("more behind", "{\"nodes\":[]}{}", "more after the end"),
                row("garbage behind", "{\"nodes\":[]}\u0001", "not JSON"),
                row("cut", "{\"nodes\":[", "cannot read tree"),
                row(
                        "depth of 100000",
                        "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"nodes\":[]}",
                        "limits"),
                row(
                        "depth in an attribute",
                        node("\"type\":\"fifo\",\"generic_attributes\":{\"a\":" + "[".repeat(100) + "]".repeat(100)
                                + "}"),
                        "limits"),
                row("name of a field too long", "{\"" + "x".repeat(2000) + "\":1,\"nodes\":[]}", "limits"),
                row(
                        "a million values",
                        node("\"type\":\"fifo\",\"generic_attributes\":{\"a\":[" + "1,".repeat(1_000_000) + "1]}"),
                        "over 1000000 values"),
                row("a string of 40 MB", Trees.json(Trees.fifo("a".repeat(40_000_000))), "limits"));
    }

    private static Arguments row(String why, String json, String message) {
        return Arguments.of(why, json.getBytes(StandardCharsets.UTF_8), message);
    }

    private static String node(String fields) {
        return Trees.json("{\"name\":\"a\"," + fields + "}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void s5Refused(String why, byte[] json, String message) {
        assertThatThrownBy(() -> TreeCodec.decode(json))
                .as(why)
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("cannot read tree: ")
                .hasMessageContaining(message)
                .hasMessageMatching("[^\\p{Cntrl}]*");
    }

    @Test
    void utf16IsRefused() {
        for (var charset : new java.nio.charset.Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            byte[] json = "{\"nodes\":[]}\n".getBytes(charset);
            assertThatThrownBy(() -> TreeCodec.decode(json)).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void aBlobOverTheBoundIsNotEvenLookedAt() {
        byte[] large = new byte[TreeCodec.MAX_BYTES + 1];
        assertThatThrownBy(() -> TreeCodec.decode(large))
                .isInstanceOf(FormatException.class)
                .hasMessage("cannot read tree: 134217729 bytes vs at most 134217728");
    }

    @Test
    void s5TooManyNodesAreRefused() throws FormatException {
        StringBuilder json = new StringBuilder("{\"nodes\":[");
        for (int i = 0; i <= TreeReader.MAX_NODES; i++) {
            json.append(i == 0 ? "" : ",").append(Trees.fifo(Integer.toString(10_000_000 + i)));
        }
        byte[] bytes = json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> {
                    TreeReader reader = new TreeReader(bytes);
                    while (reader.hasNext()) {
                        reader.next();
                    }
                })
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("over 1000000 nodes");
    }

    @Test
    void cutAnywhereItIsRefused() throws FormatException {
        byte[] tree = Trees.json(Trees.fifo("a"), "{\"name\":\"b\",\"type\":\"dir\",\"subtree\":\"" + ID + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(TreeCodec.decode(tree).nodes()).hasSize(2);
        for (int length = 0; length < tree.length - 1; length++) {
            byte[] cut = java.util.Arrays.copyOf(tree, length);
            assertThatThrownBy(() -> TreeCodec.decode(cut)).as("at %d", length).isInstanceOf(FormatException.class);
        }
    }
}
