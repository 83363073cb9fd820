package cofre.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            quoteCharacter = '\0',
            value = {
                "61 09 62    | a\\\\tb", // short escapes of Go, their backslash doubled by JSON
                "07          | \\\\a",
                "08          | \\\\b",
                "0a          | \\\\n",
                "0b          | \\\\v",
                "0c          | \\\\f",
                "0d          | \\\\r",
                "5c          | \\\\\\\\", // a backslash is doubled twice
                "22          | \\\\\\\"", // escaped by Go, then both characters by JSON
                "27          | '",
                "01          | \\\\x01",
                "7f          | \\\\x7f",
                "e9          | \\\\xe9", // no UTF-8
                "c3          | \\\\xc3", // cut short
                "c0 af       | \\\\xc0\\\\xaf", // overlong
                "ed a0 80    | \\\\xed\\\\xa0\\\\x80", // a surrogate is no UTF-8
                "f4 90 80 80 | \\\\xf4\\\\x90\\\\x80\\\\x80", // past the last code point
                "c2 a0       | \\\\u00a0",
                "c2 ad       | \\\\u00ad",
                "e2 80 a8    | \\\\u2028", // quoted by Go before JSON would
                "ee 80 80    | \\\\ue000",
                "f3 b0 80 80 | \\\\U000f0000",
                "c3 a7       | ç",
                "f0 9f 98 80 | \ud83d\ude00",
                "f0 9f ab a8 | \ud83e\udee8", // new in Unicode 15
                "ef bf bd    | \ufffd", // the real replacement character stays
                "3c 26 3e    | \\u003c\\u0026\\u003e", // JSON's escapes, not Go's: one backslash
            })
    void writesWhatResticWrites(String hex, String expected) throws Exception {
        byte[] name = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(written(name)).isEqualTo('"' + expected + '"');
        assertThat(readBack(name)).isEqualTo(name);
    }

    @Property
    void anyBytesComeBack(@ForAll @Size(min = 1, max = 300) byte[] bytes) throws Exception {
        byte[] name = bytes.clone();
        for (int i = 0; i < name.length; i++) {
            name[i] = name[i] == '/' || name[i] == 0 ? (byte) 'x' : name[i];
        }
        if (RawName.isValid(name)) {
            assertThat(readBack(name)).isEqualTo(name);
        }
    }

    private static String written(byte[] name) {
        JsonBytes out = new JsonBytes(1);
        GoName.write(RawName.of(name), out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    private static byte[] readBack(byte[] name) throws FormatException {
        byte[] json = ("{\"name\":" + written(name) + "}").getBytes(StandardCharsets.UTF_8);
        JsonInput in = new JsonInput("test", json, 0, json.length, 10_000);
        assertThat(in.nextField()).isTrue();
        return in.quotedName();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\\101\\377|41ff", // octal, which Go reads and never writes
                "\\u00e9\\xe9|c3a9e9",
                "\\U0001f600|f09f9880",
                "ç\ud83d\ude00|c3a7f09f9880",
                "\ud83d|efbfbd", // half a pair
            })
    void readsEveryEscapeGoReads(String quoted, String hex) throws Exception {
        char[] text = quoted.toCharArray();
        assertThat(HexFormat.of().formatHex(GoName.unquote(text, 0, text.length)))
                .isEqualTo(hex);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\",
                "\\x",
                "\\x4",
                "\\xzz",
                "\\u12",
                "\\ud800",
                "\\U00110000",
                "\\Uffffffff",
                "\\400",
                "\\18",
                "\\q",
                "\\'",
                "a\"b",
                "a\nb",
                "\\x\uff11\uff11"
            })
    void refusesWhatGoRefuses(String quoted) {
        char[] text = quoted.toCharArray();
        assertThatThrownBy(() -> GoName.unquote(text, 0, text.length)).isInstanceOf(FormatException.class);
    }

    @Test
    void printableIsWhatRestic018LeftAloneInNamesOfAllCodePoints() {
        byte[] bits = new byte[(Character.MAX_CODE_POINT + 8) / 8];
        int count = 0;
        for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
            boolean isName = c != '/' && (c < 0xd800 || c > 0xdfff);
            if (isName && GoPrintable.test(c)) {
                bits[c / 8] |= (byte) (1 << (c % 8));
                count++;
            }
        }
        // both counted from a tree that real restic 0.18.0 wrote of files named with every code point
        assertThat(count).isEqualTo(148_997);
        assertThat(Sha256.hash(bits).hex())
                .isEqualTo("d930272f8518d765b1550bbc99790e97d194b58aba8269573d2fa5b9253d8bcf");
    }
}
