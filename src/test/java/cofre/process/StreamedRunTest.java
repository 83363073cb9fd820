package cofre.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import cofre.process.ProgramResult.Ending;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StreamedRunTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir
    private Path dir;

    private final AtomicLong bytes = new AtomicLong();

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void givesTheOutputToTheReaderAndTellsTheEnd() throws Exception {
        StringBuilder text = new StringBuilder();

        ProgramResult result = stream("printf 'a\\351'; exit 3", LONG, in -> text.append(latin1(in)));

        assertThat(text).hasToString("a\u00e9");
        assertThat(result).isEqualTo(new ProgramResult(Ending.EXITED, 3, "", true, ""));
    }

    @Test
    void takesMoreThanAnyMemoryWouldHold() throws Exception {
        ProgramResult result = stream("head -c 300000000 /dev/zero; echo noise >&2", LONG, this::count);

        assertThat(bytes).hasValue(300_000_000);
        assertThat(result).isEqualTo(new ProgramResult(Ending.EXITED, 0, "", true, "noise"));
    }

    @Test
    void neverBlocksOnAFullErrorPipe() throws Exception {
        ProgramResult result = stream("head -c 1000000 /dev/zero | tr '\\0' x >&2; echo end", LONG, this::count);

        assertThat(bytes).hasValue(4);
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.err()).hasSize(64 << 10);
    }

    @Test
    void killsWhatTakesTooLong() throws Exception {
        ProgramResult result = stream("printf started; exec sleep 600", Duration.ofMillis(300), this::count);

        assertThat(result).isEqualTo(new ProgramResult(Ending.TIMED_OUT, -1, "", false, ""));
        assertThat(bytes).hasValue(7);
    }

    @Test
    void killsTheChildrenOfWhatTakesTooLong() throws Exception {
        ProgramResult result = stream("sleep 600; echo end", Duration.ofMillis(300), this::count);

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
    }

    @Test
    void killsWhatDoesNotEndAfterItsOutput() throws Exception {
        ProgramResult result = stream("exec >&-; exec sleep 600", Duration.ofMillis(300), this::count);

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
    }

    @Test
    void whatTheReaderSaysOfACutOutputIsNotToldBesideTheDeadline() throws Exception {
        ProgramResult result = stream("printf cut; exec sleep 600", Duration.ofMillis(300), in -> {
            count(in);
            throw new IOException("cut");
        });

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(result.endedCleanly()).isFalse();
    }

    @Test
    void anInterruptKillsTheProgramAndStaysSet() throws Exception {
        Thread caller = Thread.currentThread();
        ProgramResult result = stream("printf x; exec sleep 600", LONG, in -> {
            assertThat(in.read()).isEqualTo('x');
            caller.interrupt();
            count(in);
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.ending()).isEqualTo(Ending.INTERRUPTED);
        assertThat(result.isSuccess()).isFalse();
    }

    @Test
    void aReaderThatComplainsInTheMiddleEndsTheProgram() {
        Path pid = dir.resolve("pid");

        assertThatThrownBy(() -> stream("echo $$ > " + pid + "; echo line; exec sleep 600", LONG, in -> {
                    assertThat(in.read()).isEqualTo('l');
                    throw new IOException("no such line");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no such line");

        assertGone(pid);
    }

    @Test
    void aReaderThatBreaksEndsTheProgram() {
        Path pid = dir.resolve("pid");

        assertThatThrownBy(() -> stream("echo $$ > " + pid + "; echo line; exec sleep 600", LONG, in -> {
                    assertThat(in.read()).isEqualTo('l');
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertGone(pid);
    }

    @Test
    void theStatusOfABrokenOffProgramSaysMoreThanTheReader() throws Exception {
        ProgramResult result = stream("printf half; echo 'permission denied' >&2; exit 1", LONG, in -> {
            count(in);
            throw new IOException("the end after 4 bytes");
        });

        assertThat(result).isEqualTo(new ProgramResult(Ending.EXITED, 1, "", false, "permission denied"));
    }

    @Test
    void aGoodStatusNeverHidesWhatTheReaderSays() {
        assertThatThrownBy(() -> stream("printf half; echo noise >&2", LONG, in -> {
                    count(in);
                    throw new IOException("the end after 4 bytes");
                }))
                .hasMessage("the end after 4 bytes");
    }

    @Test
    void aReaderThatComplainsAtTheEndDoesNotWaitForEver() {
        assertTimeout(
                Duration.ofSeconds(15),
                () -> assertThatThrownBy(() -> stream("exec >&-; exec sleep 600", LONG, in -> {
                            count(in);
                            throw new IOException("cut");
                        }))
                        .hasMessage("cut"));
    }

    @Test
    void aReaderThatStopsEarlyHasNotSeenAll() throws Exception {
        ProgramResult result =
                stream("printf abc", LONG, in -> assertThat(in.read()).isEqualTo('a'));

        assertThat(result.endedCleanly()).isFalse();
    }

    @Test
    void saysThatItCouldNotBeStarted() throws Exception {
        ProgramResult result =
                new Program(Path.of("/nonexistent/zfs")).stream(List.of(), LONG, in -> bytes.set(in.read()));

        assertThat(result.ending()).isEqualTo(Ending.NOT_STARTED);
    }

    private void assertGone(Path pid) {
        try {
            long number = Long.parseLong(Files.readString(pid).strip());
            ProcessHandle.of(number).ifPresent(p -> p.onExit().join());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void count(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            bytes.addAndGet(n);
        }
    }

    private static String latin1(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static ProgramResult stream(String script, Duration deadline, OutputReader reader) throws IOException {
        return new Program(Path.of("/bin/sh")).stream(List.of("-c", script), deadline, reader);
    }
}
