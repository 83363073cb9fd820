package cofre;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** bin/cofre with a java that only tells how it was called. */
@Timeout(60)
class LauncherTest {
    private static final Path LAUNCHER = Path.of("bin/cofre").toAbsolutePath();

    @TempDir
    private Path dir;

    private final Map<String, String> environment = new HashMap<>();
    private Path jar;

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(dir.resolve("bin"));
        Files.copy(LAUNCHER, dir.resolve("bin/cofre"));
        jar = Files.writeString(
                Files.createDirectories(dir.resolve("share/java/cofre")).resolve("cofre.jar"), "jar");
        environment.put("JAVA_HOME", java("17.0.15").toString());
        environment.put("HOME", dir.resolve("home").toString());
    }

    private Path java(String version) throws IOException {
        Path home = Files.createDirectories(dir.resolve("java-" + version));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x=y\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(program, """
                #!/bin/sh
                echo "LC_ALL=$LC_ALL"
                ulimit -c
                for a; do
                  echo "[$a]"
                  case $a in -XX:ArchiveClassesAtExit=*) echo archive >"${a#*=}" ;; esac
                done
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    @Test
    void startsTheCommandLineQuicklyWithItsArgumentsUntouched() throws Exception {
        String said = run(0, "ls", "latest", "a b\nc  *");
        assertThat(said)
                .contains("LC_ALL=C.UTF-8", "[-XX:TieredStopAtLevel=1]", "[-XX:+UseSerialGC]", "[-Xshare:auto]");
        assertThat(said).endsWith("[" + jar + "]\n[cofre.Main]\n[ls]\n[latest]\n[a b\nc  *]\n");
        assertThat(said).doesNotContain("SharedArchiveFile", "enable-native-access");
    }

    @Test
    void startsTheDaemonWithItsBoundsWhereverOptionsStand() throws Exception {
        for (String[] args :
                List.of(new String[] {"daemon"}, new String[] {"--config", "ls", "-q", "daemon"}, new String[] {
                    "rest-server", "--path", "ls"
                })) {
            assertThat(run(0, args))
                    .contains(
                            "[-Xmx512m]",
                            "[-XX:+UseSerialGC]",
                            "[-XX:-HeapDumpOnOutOfMemoryError]",
                            "[-XX:+ExitOnOutOfMemoryError]",
                            "LC_ALL=C.UTF-8\n0\n");
        }
        environment.put("COFRE_MAX_HEAP", "1g");
        environment.put("COFRE_OPTS", "-Da=1 -Db=2");
        assertThat(run(0, "daemon")).contains("[-Xmx1g]", "[-Da=1]\n[-Db=2]");
    }

    @Test
    void enablesNativeAccessOnlyWhereItIsKnown() throws Exception {
        assertThat(run(0, "daemon")).doesNotContain("native-access");
        environment.put("JAVA_HOME", java("25.0.3").toString());
        assertThat(run(0, "daemon")).contains("[--enable-native-access=ALL-UNNAMED]");
    }

    @Test
    void refusesAJavaThatIsTooOld() throws Exception {
        environment.put("COFRE_JAVA", java("11.0.2").resolve("bin/java").toString());
        assertThat(run(1, "version")).contains("no Java 17 or newer");
    }

    @Test
    void goesOnToAnotherJavaWhenJavaHomeIsTooOld() throws Exception {
        environment.put("JAVA_HOME", java("1.8.0_292").toString());
        environment.put("PATH", java("21").resolve("bin") + ":" + System.getenv("PATH"));
        assertThat(run(0, "version")).contains("[cofre.Main]");
    }

    @Test
    void saysWhenThereIsNoJar() throws Exception {
        Files.delete(jar);
        assertThat(run(1, "version")).contains("cannot find cofre.jar");
    }

    @Test
    void findsItsPlaceThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("bin/../bin/cofre"));
        Path second = Files.createSymbolicLink(dir.resolve("second"), link);
        assertThat(start(0, List.of("sh", second.toString(), "version"))).contains("[" + jar + "]");
    }

    @Test
    void makesAndUsesAnArchiveOfClassesUnlessTheJarIsNewer() throws Exception {
        String made = run(0, "--make-cds").strip();
        Path archive = Path.of(made);
        assertThat(archive).exists().hasParent(jar.getParent());
        assertThat(run(0, "version")).contains("[-XX:SharedArchiveFile=" + archive + "]");
        assertThat(run(0, "daemon")).doesNotContain("SharedArchiveFile");
        Files.setLastModifiedTime(archive, java.nio.file.attribute.FileTime.fromMillis(0));
        assertThat(run(0, "version")).doesNotContain("SharedArchiveFile");
    }

    private String run(int exit, String... args) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("sh", dir.resolve("bin/cofre").toString()));
        command.addAll(List.of(args));
        return start(exit, command);
    }

    private String start(int exit, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        for (String name :
                List.of("COFRE_JAVA", "COFRE_JAR", "COFRE_OPTS", "COFRE_MAX_HEAP", "XDG_CACHE_HOME", "LC_ALL")) {
            builder.environment().remove(name);
        }
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(exit);
        return said;
    }
}
