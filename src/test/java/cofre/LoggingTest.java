package cofre;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import cofre.posix.DatagramReceiver;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggingTest {
    private static final Instant TIME = Instant.parse("2026-03-05T11:02:03Z");
    private static final Posix POSIX = Posix.load(System::nanoTime);

    private final List<String> otherwise = new ArrayList<>();

    @TempDir
    Path dir;

    private Syslog syslog() {
        return new Syslog(
                POSIX,
                dir.resolve("log"),
                "cofred",
                ZoneId.of("America/Sao_Paulo"),
                (severity, time, line) -> otherwise.add(severity + " " + line));
    }

    private static String next(DatagramReceiver receiver) throws PosixException {
        return new String(receiver.next(Duration.ofSeconds(10)).orElseThrow(), UTF_8);
    }

    @Test
    void syslogGetsSeverityTimeNameAndPid() throws Exception {
        try (DatagramReceiver receiver = new DatagramReceiver(POSIX, dir.resolve("log"));
                Syslog syslog = syslog()) {
            syslog.line(Severity.ERR, TIME, "event=broken");
            syslog.line(Severity.INFO, TIME, "event=fine");
            String head = "Mar  5 08:02:03 cofred[" + ProcessHandle.current().pid() + "]: ";
            assertThat(next(receiver)).isEqualTo("<27>" + head + "event=broken");
            assertThat(next(receiver)).isEqualTo("<30>" + head + "event=fine");
        }
        assertThat(otherwise).isEmpty();
    }

    @Test
    void aLongLineIsCutBetweenCharactersAndNothingIsLost() throws Exception {
        String line = "x" + "ç€".repeat(1500);
        try (DatagramReceiver receiver = new DatagramReceiver(POSIX, dir.resolve("log"));
                Syslog syslog = syslog()) {
            syslog.line(Severity.WARNING, TIME, line);
            StringBuilder got = new StringBuilder();
            while (got.length() < line.length()) {
                String message = next(receiver);
                assertThat(message.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(2048);
                assertThat(message).startsWith("<28>Mar ");
                got.append(message.replaceFirst("^.*?]: (\\.\\.\\. )?", ""));
            }
            assertThat(got.toString()).isEqualTo(line);
        }
    }

    @Test
    void aSyslogdThatIsGoneLosesNoLineAndOneThatComesBackIsUsed() throws Exception {
        try (Syslog syslog = syslog()) {
            syslog.line(Severity.INFO, TIME, "nobody yet");
            try (DatagramReceiver receiver = new DatagramReceiver(POSIX, dir.resolve("log"))) {
                syslog.line(Severity.INFO, TIME, "the first");
                assertThat(next(receiver)).endsWith(": the first");
            }
            syslog.line(Severity.INFO, TIME, "between");
            Files.delete(dir.resolve("log"));
            try (DatagramReceiver receiver = new DatagramReceiver(POSIX, dir.resolve("log"))) {
                syslog.line(Severity.INFO, TIME, "the second");
                assertThat(next(receiver)).endsWith(": the second");
            }
        }
        assertThat(otherwise).containsExactly("INFO nobody yet", "INFO between");
    }

    @Test
    void aSyslogdThatHangsIsNotWaitedForEver() throws Exception {
        try (DatagramReceiver receiver = new DatagramReceiver(POSIX, dir.resolve("log"));
                Syslog syslog = syslog()) {
            while (otherwise.isEmpty()) {
                syslog.line(Severity.INFO, TIME, "y".repeat(1800));
            }
            assertThat(next(receiver)).endsWith("y");
        }
    }

    @Test
    void theJournalGetsSeveritiesInFrontAndOneLineForEachEvent() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(bytes, true, UTF_8);
        LoggerContext context = new LoggerContext();
        LogLines lines = new LogLines(context, Logging.journal(err));
        lines.start();
        Logger logger = context.getLogger("cofre.Some");
        logger.addAppender(lines);
        logger.error("event=broken\nforged", new IllegalStateException("cause"));
        logger.warn("event=odd");
        assertThat(bytes.toString(UTF_8).lines())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith(
                                        "<3>level=ERROR logger=Some event=broken | forged java.lang.IllegalStateException: cause")
                                .contains(" | at cofre.LoggingTest"),
                        second -> assertThat(second).isEqualTo("<4>level=WARN logger=Some event=odd"));
    }
}
