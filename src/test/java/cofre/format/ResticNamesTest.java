package cofre.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real restic as the referee of names: a directory of files named with every code point there is. */
@Tag("interop")
class ResticNamesTest {
    private static final int PER_NAME = 55;

    @TempDir
    Path directory;

    @Test
    void namesOfAllCodePointsAreWrittenAsRestic018WritesThem() throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        makeFiles(source);
        restic("init", "-q");
        restic("backup", "-q", "source");
        String snapshot = restic("snapshots", "--json");
        String root = snapshot.replaceAll("(?s).*\"tree\":\"([0-9a-f]{64})\".*", "$1");
        Tree top = TreeCodec.decode(restic("cat", "blob", root).getBytes(StandardCharsets.UTF_8));
        BlobId subtree = ((Node.DirBody) top.nodes().get(0).body()).subtree();
        byte[] json = restic("cat", "blob", subtree.hex()).getBytes(StandardCharsets.UTF_8);
        Tree tree = TreeCodec.decode(json);
        assertThat(tree.nodes()).hasSize((Character.MAX_CODE_POINT + 1 - 0x800) / PER_NAME + 1);
        assertThat(Sha256.hash(TreeCodec.encode(tree))).isEqualTo(subtree.hash());
    }

    /** By a shell, since Java cannot name a file with bytes. */
    private void makeFiles(Path source) throws Exception {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        int count = 0;
        int used = 0;
        for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
            if (c == '/' || (c >= 0xd800 && c <= 0xdfff)) {
                continue;
            }
            if (used % PER_NAME == 0) {
                names.writeBytes((used == 0 ? "" : "\0").getBytes(StandardCharsets.UTF_8));
                names.writeBytes(String.format("%06d_", count++).getBytes(StandardCharsets.UTF_8));
            }
            names.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            used++;
        }
        Path list = Files.write(directory.resolve("names"), names.toByteArray());
        run(new ProcessBuilder("xargs", "-0", "-a", list.toString(), "touch").directory(source.toFile()));
    }

    private String restic(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("cofre.tools"), "restic-0.18").toString());
        command.addAll(List.of("-r", directory.resolve("repo").toString(), "--no-cache"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("RESTIC_PASSWORD", "x");
        builder.environment().put("TZ", "UTC");
        return run(builder);
    }

    private String run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path errors = directory.resolve("errors");
        Process process = builder.redirectError(errors.toFile()).start();
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return new String(out, StandardCharsets.UTF_8);
    }
}
