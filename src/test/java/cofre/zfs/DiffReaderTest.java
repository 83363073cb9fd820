package cofre.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.zfs.DiffReader.GarbledDiff;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiffReaderTest {
    private static final String HEAD = "1795288102.399650499\tM\tF\t";
    private final HeardPaths heard = new HeardPaths();

    @ParameterizedTest
    @CsvSource({"sa,/tank/sa", "dir,/tank/xon"})
    void z7ReadsWhatRealZfsPrintsOfAwkwardNames(String kind, String mount) throws Exception {
        byte[] text = resource("/zfs/diff-xattr-" + kind + ".txt");

        new DiffReader(mount.getBytes(StandardCharsets.US_ASCII), heard).read(new ByteArrayInputStream(text));

        String odd = mount + "/02-odd-modified/";
        assertThat(heard.paths)
                .contains(
                        mount + "/01-odd-new",
                        odd + "sp ace",
                        odd + "new\nline",
                        odd + "tab\tname",
                        odd + "back\\slash",
                        odd + "oct\\0040x",
                        odd + "bad\u00ff\u00fe",
                        odd + "ctl\u0001\u001f",
                        odd + "del\u007f",
                        odd + "arrow -> x",
                        odd + "L".repeat(255),
                        mount + "/04-odd-renamed/trail ",
                        mount + "/04-odd-renamed/Rtrail ");
        // Every line tells one path, a renamed one two, what is unlinked none.
        long lines = 0;
        long expected = 0;
        for (String line : (Iterable<String>) new String(text, StandardCharsets.ISO_8859_1).lines()::iterator) {
            lines++;
            expected += line.contains("\tR\t") ? 2 : 1;
            expected -= line.contains(mount + "(on_delete_queue)") ? 1 : 0;
        }
        assertThat(lines).isGreaterThan(200);
        assertThat(heard.paths).hasSize((int) expected);
    }

    @Test
    void z5PassesOverWhatIsUnlinkedButNotAFileOfThatName() throws Exception {
        read("/t", HEAD + "/t(on_delete_queue)\n" + HEAD + "/t/(on_delete_queue)\n");
        read("/", HEAD + "/(on_delete_queue)\n" + HEAD + "//(on_delete_queue)\n");
        read("/t", "1.000000000\tR\tF\t/t/a\t/t(on_delete_queue)\n");

        assertThat(heard.paths).containsExactly("/t/(on_delete_queue)", "/(on_delete_queue)", "/t/a");
    }

    @Test
    void tellsTheFileOfAnAttribute() throws Exception {
        read("/t", HEAD + "/t/d/file/<xattrdir>/user.a\n" + HEAD + "/t/d/file/<xattrdir>\n");

        assertThat(heard.paths)
                .containsExactly("/t/d/file", "/t/d/file/<xattrdir>/user.a", "/t/d/file", "/t/d/file/<xattrdir>");
    }

    @Test
    void readsAllFormsOfLines() throws Exception {
        read("/my mount", "1795288102.399650499\t+\t/\t/my\\0040mount/d\n");
        read("/my mount", "         1.000000001\t-\t@\t/my\\0040mount/l\n");
        read("/my mount", "-5.000000001\tM\t/\t/my\\0040mount/\n");
        read("/my mount", HEAD + "/my\\0040mount/h\t(+1)\n" + HEAD + "/my\\0040mount/i\t(-12)\n");
        read("/my mount", "1795288102.399650499\tR\t=\t/my\\0040mount/a\t/my\\0040mount/b\n");

        assertThat(heard.paths)
                .containsExactly(
                        "/my mount/d",
                        "/my mount/l",
                        "/my mount",
                        "/my mount/h",
                        "/my mount/i",
                        "/my mount/a",
                        "/my mount/b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "x\n",
                "next allocated object (> 3007) find failure\n",
                "1.000000000\tX\tF\t/t/a\n",
                "1.000000000\tM\tX\t/t/a\n",
                "1.00000000\tM\tF\t/t/a\n",
                "1.000000000\tMM\tF\t/t/a\n",
                "1.000000000\t\tF\t/t/a\n",
                "M\tF\t/t/a\n",
                "1.000000000\tM\t/t/a\n",
                "1.000000000\tM\tF\t/t/a\t\n",
                "1.000000000\tM\tF\t/t/a\t(1)\n",
                "1.000000000\t+\tF\t/t/a\t(+1)\n",
                "1.000000000\tM\tF\t/t/a\t/t/b\n",
                "1.000000000\tR\tF\t/t/a\n",
                "1.000000000\tR\tF\t/t/a\t/t/b\t/t/c\n",
                "1.000000000\tR\tF\t/t/a\t(+1)\n",
                "1.000000000\tM\tF\t/other/a\n",
                "1.000000000\tM\tF\t/tx\n",
                "1.000000000\tM\tF\t/t\n",
                "1.000000000\tM\tF\t\n",
                "1.000000000\tM\tF\t/t/..\n",
                "1.000000000\tM\tF\t/t/./a\n",
                "1.000000000\tM\tF\t/t/a b\n",
                "1.000000000\tM\tF\t/t/a\u00e9\n",
                "1.000000000\tM\tF\t/t/a\\040b\n",
                "1.000000000\tM\tF\t/t/a\\0008\n",
                "1.000000000\tM\tF\t/t/a\\0101\n",
                "1.000000000\tM\tF\t/t/a\\0000\n",
                "1.000000000\tM\tF\t/t/a\\0400\n",
                "1.000000000\tM\tF\t/t/a\\7777\n",
                "1.000000000\tM\tF\t/t/a\\004\n"
            })
    void z5RefusesWhatIsNoLineOfDiff(String line) {
        assertThatThrownBy(() -> read("/t", HEAD + "/t/good\n" + line + HEAD + "/t/good\n"))
                .isInstanceOf(GarbledDiff.class)
                .hasMessageStartingWith("line 2 is no line of zfs diff: ");
    }

    @Test
    void z5EveryCutIsFoundOrEndsALine() throws Exception {
        String text = HEAD + "/t/one\n" + HEAD + "/t/sp\\0040ace\n1.000000000\tR\tF\t/t/a\t/t/b\n";
        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            if (cut.isEmpty() || cut.endsWith("\n")) {
                read("/t", cut);
            } else {
                assertThatThrownBy(() -> read("/t", cut))
                        .isInstanceOf(GarbledDiff.class)
                        .hasMessageContaining("cut off");
            }
        }
    }

    @Test
    void z5KeepsNoMoreThanALine() throws Exception {
        String longest = HEAD + "/t" + ("/" + "x".repeat(255)).repeat(400) + "\n";
        read("/t", longest);
        assertThat(heard.paths).hasSize(1);

        byte[] endless = new byte[1 << 16];
        Arrays.fill(endless, (byte) 'x');
        InputStream never = new SequenceInputStream(Collections.enumeration(IntStream.range(0, 1000)
                .mapToObj(i -> new ByteArrayInputStream(endless))
                .toList()));
        assertThatThrownBy(() -> new DiffReader(new byte[] {'/', 't'}, heard).read(never))
                .isInstanceOf(GarbledDiff.class)
                .hasMessage("line 1 is longer than 131072 bytes");
    }

    @Property(tries = 2_000)
    void z7ReadsBackAnyName(@ForAll @Size(min = 1, max = 255) byte[] name) throws Exception {
        for (int i = 0; i < name.length; i++) {
            name[i] = name[i] == 0 || name[i] == '/' ? (byte) 'x' : name[i];
        }
        String latin1 = new String(name, StandardCharsets.ISO_8859_1);
        if (!List.of(".", "..").contains(latin1)) {
            HeardPaths paths = new HeardPaths();
            byte[] line = (HEAD + "/t/" + escaped(name) + "\n").getBytes(StandardCharsets.ISO_8859_1);
            new DiffReader(new byte[] {'/', 't'}, paths).read(new ByteArrayInputStream(line));
            assertThat(paths.paths).containsExactly("/t/" + latin1);
        }
    }

    @Property(tries = 5_000)
    void z5NothingElseComesOfChangedBytes(
            @ForAll @IntRange(max = 99) int at, @ForAll byte value, @ForAll @IntRange(max = 3) int shift)
            throws Exception {
        byte[] text = (HEAD + "/t/sp\\0040ace\n1.000000000\tR\tF\t/t/a\t/t/b\n1.000000000\tM\tF\t/t/c\t(+1)\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        text[at % text.length] = value;
        try {
            new DiffReader(new byte[] {'/', 't'}, new HeardPaths())
                    .read(new ByteArrayInputStream(text, shift, text.length - shift));
        } catch (GarbledDiff e) {
            // as good
        }
    }

    private static String escaped(byte[] name) {
        StringBuilder out = new StringBuilder();
        for (byte b : name) {
            int value = b & 0xff;
            if (value > ' ' && value != '\\' && value < 0x7f) {
                out.append((char) value);
            } else {
                out.append(String.format("\\%04o", value));
            }
        }
        return out.toString();
    }

    private void read(String mountPoint, String text) throws IOException {
        new DiffReader(mountPoint.getBytes(StandardCharsets.ISO_8859_1), heard)
                .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = DiffReaderTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
