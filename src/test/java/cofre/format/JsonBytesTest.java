package cofre.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBytesTest {
    private static String text(JsonBytes out) {
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {
                "22,\\\"",
                "5c,\\\\",
                "0a0d09,\\n\\r\\t",
                "080c,\\b\\f",
                "0001071b,\\u0000\\u0001\\u0007\\u001b",
                "7f,\u007f", // Go leaves DEL
                "3c3e26,\\u003c\\u003e\\u0026",
                "e280a8e280a9,\\u2028\\u2029",
                "ff61c3,\\ufffda\\ufffd", // each bad byte once
                "efbfbd,\ufffd",
                "c3a7f09f9880,ç\ud83d\ude00",
            })
    void escapesAsGoDoes(String hex, String expected) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(text(new JsonBytes(1).string(bytes))).isEqualTo('"' + expected + '"');
        String asText = new String(bytes, StandardCharsets.UTF_8);
        if (!expected.contains("ufffd")) {
            assertThat(text(new JsonBytes(1).string(asText))).isEqualTo('"' + expected + '"');
        }
    }

    @Property
    void anyTextIsReadBackByJackson(@ForAll String text) throws Exception {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8); // lone surrogates become ?
        String clean = new String(utf8, StandardCharsets.UTF_8);
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readValue(new JsonBytes(1).string(clean).toByteArray(), String.class))
                .isEqualTo(clean);
        assertThat(mapper.readValue(new JsonBytes(1).string(utf8).toByteArray(), String.class))
                .isEqualTo(clean);
    }

    @Test
    void aLoneSurrogateBecomesTheReplacementCharacter() {
        assertThat(text(new JsonBytes(1).string("a\ud800b\udc00"))).isEqualTo("\"a\ufffdb\ufffd\"");
    }

    @Property
    void numbersAreUnsigned(@ForAll long value) {
        assertThat(text(new JsonBytes(1).unsigned(value))).isEqualTo(Long.toUnsignedString(value));
    }

    @Test
    void wipingLeavesNothing() {
        JsonBytes out = new JsonBytes(16).raw("secret");
        out.wipe();
        assertThat(out.length()).isZero();
    }
}
