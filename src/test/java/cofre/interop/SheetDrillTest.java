package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.testkit.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The drill: the machine is gone, the key files of the repository too. A stranger has restic, the sheet, and where the sheet
 * does not have it, the password. He types what the sheet says, and nothing else.
 */
@Tag("interop")
@Timeout(180)
class SheetDrillTest {
    private static final String PASSWORD = "it's a secret \\ $HOME";

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({"restic-0.14, true", "restic-0.18, true", "restic-0.18, false"})
    void theSheetAloneBringsTheFilesBack(String restic, boolean withPassword) throws Exception {
        Path store = temp.resolve("the repository's place");
        Path live = Files.createDirectories(temp.resolve("live/sub"));
        Files.writeString(live.resolve("deed.txt"), "the town hall's only copy\n");
        String sheet = sheet(store, live.getParent(), withPassword);
        assertThat(sheet.contains("secret")).isEqualTo(withPassword);
        emptyKeys(store);
        Path desk = Files.createDirectory(temp.resolve("desk"));
        Files.writeString(desk.resolve("sheet.txt"), sheet);
        if (!withPassword) {
            Files.writeString(desk.resolve("password"), PASSWORD + "\n"); // from the safe
        }
        String output = type(desk, sheet, restic);
        assertThat(desk.resolve("restored" + live + "/deed.txt")).as(output).hasContent("the town hall's only copy\n");
        String id = sheet.lines()
                .filter(line -> line.startsWith("key  "))
                .map(line -> line.replaceAll(".* ", ""))
                .findFirst()
                .orElseThrow();
        assertThat(output).contains(id + "  key");
        List<String> lines = sheet.lines().toList();
        assertThat(run(desk, List.of("sh", "-c", "sed '$d' sheet.txt | sha256sum"), restic))
                .startsWith(lines.get(lines.size() - 1));
    }

    private String sheet(Path store, Path live, boolean withPassword) throws Exception {
        Path password = DaemonInProcess.secret(temp.resolve("password"), PASSWORD + "\n");
        String repository = "[repository.r]\nurl = \"" + store + "\"\npassword_file = \"" + password + "\"\n";
        String share = "[share.deeds]\nrepository = \"r\"\ndirectory = \"" + live + "\"\n";
        try (DaemonInProcess daemon = new DaemonInProcess(temp, repository, share)) {
            assertThat(daemon.run("init").exit()).isZero();
            assertThat(daemon.run("backup", "deeds").exit()).isZero();
            Answer sheet = withPassword ? daemon.run("key", "sheet", "--with-password") : daemon.run("key", "sheet");
            assertThat(sheet.exit()).as(sheet.err()).isZero();
            return sheet.out();
        }
    }

    private static void emptyKeys(Path store) throws Exception {
        try (Stream<Path> keys = Files.list(store.resolve("keys"))) {
            for (Path key : keys.toList()) {
                Files.delete(key);
            }
        }
    }

    /** Every command of the sheet, in its order; the first that fails ends it. */
    private String type(Path desk, String sheet, String restic) throws Exception {
        String script = sheet.lines()
                .filter(line -> line.startsWith("   $ "))
                .map(line -> line.substring("   $ ".length()))
                .collect(Collectors.joining("\n", "set -e\n", "\n"));
        return run(desk, List.of("sh", "-c", script), restic);
    }

    private String run(Path desk, List<String> command, String restic) throws Exception {
        Path bin = Files.createDirectories(temp.resolve("bin"));
        Path named = Files.writeString(bin.resolve("restic"), "#!/bin/sh\nexec '" + Tools.find(restic) + "' \"$@\"\n");
        Files.setPosixFilePermissions(named, PosixFilePermissions.fromString("rwx------"));
        Path output = Files.createTempFile(temp, "typed", ".out");
        ProcessBuilder builder = new ProcessBuilder(command).directory(desk.toFile());
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("XDG_CACHE_HOME", temp.resolve("cache").toString());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
