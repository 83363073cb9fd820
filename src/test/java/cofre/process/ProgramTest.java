package cofre.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import cofre.process.ProgramResult.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Path SHELL = Path.of("/bin/sh");

    @Test
    void givesBackBothPipesAndTheStatus() {
        ProgramResult result = sh("printf 'a\\tb\\n\\351\\n'; printf 'one\\n two\\033[1m\\n' >&2; exit 3", LONG);

        assertThat(result).isEqualTo(new ProgramResult(Ending.EXITED, 3, "a\tb\n\u00e9\n", true, "one; two\\x1b[1m"));
        assertThat(result.isSuccess()).isFalse();
        assertThat(result.story()).isEqualTo("exit status 3, saying: one; two\\x1b[1m");
    }

    @Test
    void handsArgumentsOverAsTheyAre() {
        ProgramResult result = new Program(Path.of("/bin/echo")).run(List.of("a b", "$HOME", "*", ";", "'"), LONG);

        assertThat(result.out()).isEqualTo("a b $HOME * ; '\n");
    }

    @Test
    void givesAnEnvironmentOfTwoVariablesAndNoInput() {
        ProgramResult result = new Program(Path.of("/usr/bin/env")).run(List.of(), LONG);

        assertThat(result.out().lines()).hasSize(2).contains("LC_ALL=C").anyMatch(l -> l.startsWith("PATH=/sbin:"));
        assertThat(sh("cat; pwd", LONG).out()).isEqualTo("/\n");
    }

    @Test
    void neverBlocksOnAFullPipe() {
        ProgramResult result =
                sh("i=0; while [ $i -lt 30000 ]; do echo 0123456789 >&2; i=$((i+1)); done; echo end", LONG);

        assertThat(result.out()).isEqualTo("end\n");
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.err().length()).isBetween(60_000, 80_000);
    }

    @Test
    void killsWhatTakesTooLong() {
        ProgramResult result = sh("printf started; exec sleep 600", Duration.ofMillis(300));

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(result.out()).isEqualTo("started");
        assertThat(result.endedCleanly()).isFalse();
    }

    @Test
    void doesNotWaitForWhatAProgramLeavesBehind() {
        ProgramResult result = assertTimeout(Duration.ofSeconds(15), () -> sh("sleep 20 & echo done", LONG));

        assertThat(result.ending()).isEqualTo(Ending.EXITED);
        assertThat(result.out()).isEqualTo("done\n");
    }

    @Test
    void killsWhatWritesTooMuch() {
        ProgramResult result = new Program(SHELL, 1 << 20)
                .run(List.of("-c", "while :; do echo 0123456789012345678901234567890123456789; done"), LONG);

        assertThat(result.ending()).isEqualTo(Ending.TOO_MUCH_OUTPUT);
        assertThat(result.out()).hasSize(1 << 20);
        assertThat(result.endedCleanly()).isFalse();
    }

    @Test
    void saysThatItCouldNotBeStarted() {
        ProgramResult result = new Program(Path.of("/nonexistent/zfs")).run(List.of("list"), LONG);

        assertThat(result.ending()).isEqualTo(Ending.NOT_STARTED);
        assertThat(result.story()).startsWith("not started, saying: ").contains("/nonexistent/zfs");
        assertThatThrownBy(() -> new Program(Path.of("zfs")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absolute");
    }

    @Test
    void anInterruptKillsTheProgramAndStaysSet() {
        Thread.currentThread().interrupt();
        ProgramResult result = sh("exec sleep 600", LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.ending()).isEqualTo(Ending.INTERRUPTED);
    }

    private static ProgramResult sh(String script, Duration deadline) {
        return new Program(SHELL).run(List.of("-c", script), deadline);
    }
}
