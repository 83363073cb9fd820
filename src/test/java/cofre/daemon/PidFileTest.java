package cofre.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    private Path dir;

    @Test
    void aSecondDaemonIsToldWhoHoldsTheFile() throws Exception {
        Path file = dir.resolve("cofred.pid");
        try (PidFile held = PidFile.take(file, 4711)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> PidFile.take(file, 4712))
                    .isInstanceOf(PidFile.Held.class)
                    .hasMessageContaining("another cofred");
        }
    }

    @Test
    void anotherProcessIsKeptOutAndReadsThePid() throws Exception {
        Path file = dir.resolve("cofred.pid");
        Process other = taker(file, 4711);
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("taken");
            assertThatThrownBy(() -> PidFile.take(file, 4712))
                    .isInstanceOf(PidFile.Held.class)
                    .hasMessageContaining("(pid 4711)");
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
        try (PidFile mine = PidFile.take(file, 4712)) {
            assertThat(mine).isNotNull();
            assertThat(Files.readString(file)).isEqualTo("4712\n");
        }
    }

    @Test
    void aFileLeftBehindMeansNothing() throws Exception {
        for (String left : List.of("", "1\n", "99999999999999999999999999\n", "no number")) {
            Path file = Files.writeString(dir.resolve("cofred.pid"), left);
            try (PidFile mine = PidFile.take(file, 5)) {
                assertThat(mine).isNotNull();
                assertThat(Files.readString(file)).isEqualTo("5\n");
            }
        }
    }

    private static Process taker(Path file, long pid) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Taker.class.getName(),
                        file.toString(),
                        Long.toString(pid))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Another process that holds the file until its input ends. */
    static final class Taker {
        public static void main(String[] args) throws Exception {
            try (PidFile held = PidFile.take(Path.of(args[0]), Long.parseLong(args[1]))) {
                System.out.println(held == null ? "" : "taken");
                System.in.read();
            }
        }
    }
}
