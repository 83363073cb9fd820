package cofre.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterOutputStream;
import org.junit.jupiter.api.Test;

class PdfFileTest {
    private static final KeyCode CODE = new KeyCode(new byte[400]);

    private static String latin(byte[] pdf) {
        return new String(pdf, StandardCharsets.ISO_8859_1);
    }

    /** What its streams hold: the image, then a page each. */
    private static List<String> streams(byte[] pdf) throws Exception {
        List<String> streams = new ArrayList<>();
        Matcher stream = Pattern.compile("/Length (\\d+) >>\nstream\n").matcher(latin(pdf));
        while (stream.find()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (InflaterOutputStream inflater = new InflaterOutputStream(out)) {
                inflater.write(pdf, stream.end(), Integer.parseInt(stream.group(1)));
            }
            streams.add(latin(out.toByteArray()));
        }
        return streams;
    }

    @Test
    void everyObjectIsWhereItsTableSays() {
        String pdf = latin(PdfFile.of("a line\n", CODE));
        int table = Integer.parseInt(pdf.substring(pdf.indexOf("startxref\n") + 10, pdf.indexOf("\n%%EOF")));
        assertThat(pdf.substring(table)).startsWith("xref\n0 7\n");
        Matcher place = Pattern.compile("(\\d{10}) 00000 n \n").matcher(pdf);
        int object = 0;
        while (place.find()) {
            object++;
            assertThat(pdf.substring(Integer.parseInt(place.group(1)))).startsWith(object + " 0 obj\n");
        }
        assertThat(object).isEqualTo(6);
    }

    @Test
    void linesAreWrappedAndEscapedAndTheCodeDrawn() throws Exception {
        List<String> streams = streams(PdfFile.of("a (line) with \\\n" + "x".repeat(PdfFile.COLUMNS + 1), CODE));
        assertThat(streams).hasSize(2);
        assertThat(streams.get(1))
                .contains(
                        "(a \\(line\\) with \\\\) Tj", "(" + "x".repeat(PdfFile.COLUMNS) + ") Tj", "(> x) Tj", "/Q Do");
    }

    @Test
    void theCodeGetsAPageOfItsOwnRatherThanCoverText() throws Exception {
        List<String> streams = streams(PdfFile.of("line\n".repeat(70), CODE));
        assertThat(streams).hasSize(3);
        assertThat(streams.get(1)).doesNotContain("/Q Do");
        assertThat(streams.get(2)).doesNotContain("(line)").contains("/Q Do");
        assertThat(streams(PdfFile.of("line\n".repeat(90), CODE)).get(2)).contains("(line)", "/Q Do");
    }

    @Test
    void aLetterTheFontLacksIsRefused() {
        assertThatThrownBy(() -> PdfFile.of("\u043f", CODE)).isInstanceOf(IllegalArgumentException.class);
    }
}
