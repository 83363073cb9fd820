package cofre.posix;

import static cofre.posix.PosixFixture.POSIX;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HostProcessTest {
    private static final HostProcess PROCESS = POSIX.process();

    @Test
    void knowsItselfAndItsNeighbours() throws Exception {
        assertThat((long) PROCESS.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(PROCESS.uid()).isEqualTo((long) (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        assertThat(PROCESS.isAlive(PROCESS.pid())).isTrue();
        assertThat(PROCESS.isAlive(1)).isTrue();
        Process gone = new ProcessBuilder("/bin/true").start();
        gone.waitFor();
        assertThat(PROCESS.isAlive((int) gone.pid())).isFalse();
        assertThat(PROCESS.isAlive(0)).isFalse();
        assertThat(PROCESS.isAlive(-1)).isFalse();
    }

    @Test
    void forbidsCoreDumpsAndRaisesTheFileLimit() throws Exception {
        PROCESS.disableCoreDumps();
        assertThat(PROCESS.coreDumpLimit()).isZero();
        long limit = PROCESS.raiseOpenFiles();
        String line = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(l -> l.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();
        String[] columns = line.substring(26).strip().split(" +", -1);
        assertThat(columns[0]).isEqualTo(String.valueOf(limit)).isEqualTo(columns[1]);
    }

    @Test
    void setsTheUmaskAndTellsTheFormerOne() {
        int former = PROCESS.umask(0027);
        assertThat(PROCESS.umask(former)).isEqualTo(0027);
        assertThat(PROCESS.umask(former)).isEqualTo(former);
    }

    @Test
    void knowsThatAPipeIsNoTerminal() throws Exception {
        assertThat(ChildJvm.run("C", Streams.class).strip()).isEqualTo("false OptionalInt.empty");
    }

    @Test
    void asksATerminalForItsWidth() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "stty cols 123; " + java + " -XX:TieredStopAtLevel=1 -cp "
                + System.getProperty("java.class.path") + " '" + Streams.class.getName() + "'";
        Process script = new ProcessBuilder("/usr/bin/script", "-qec", command, "/dev/null")
                .redirectInput(new java.io.File("/dev/null"))
                .redirectErrorStream(true)
                .start();
        String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("true OptionalInt[123]");
    }

    @Test
    void takesATitleEvenWhereItCannotShowIt() throws PosixException {
        PROCESS.title("cofre: 100% done");
    }

    /** Says whether standard output is a terminal, and how wide. */
    public static final class Streams {
        private Streams() {}

        public static void main(String[] arguments) {
            HostProcess process = Posix.load(System::nanoTime).process();
            System.out.println(process.isTerminal(1) + " " + process.terminalColumns(1));
        }
    }
}
