package cofre;

import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.posix.UnixDatagrams;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Gives lines to syslogd(8) of this machine, each with its severity, as syslog(3) does. When that does not take them (it is
 * being restarted, or hangs) they go to standard error.
 */
final class Syslog implements LogSink, AutoCloseable {
    /** The facility {@code daemon}. */
    private static final int FACILITY = 3 << 3;

    /** FreeBSD passes on messages of at most 2048 bytes. */
    private static final int LONGEST = 1900;

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

    private final Posix posix;
    private final Path socket;
    private final String tag;
    private final ZoneId zone;
    private final LogSink otherwise;
    private Optional<UnixDatagrams> receiver = Optional.empty(); // guarded by this

    Syslog(Posix posix, Path socket, String program, ZoneId zone, LogSink otherwise) {
        this.posix = posix;
        this.socket = socket;
        this.tag = program + "[" + posix.process().pid() + "]: ";
        this.zone = zone;
        this.otherwise = otherwise;
    }

    /** The socket of this system's syslogd; empty when none is there. */
    static Optional<Path> socket() {
        Path freeBsd = Path.of("/var/run/log");
        return Files.exists(freeBsd)
                ? Optional.of(freeBsd)
                : Optional.of(Path.of("/dev/log")).filter(Files::exists);
    }

    @Override
    public synchronized void line(Severity severity, Instant time, String text) {
        String head = "<" + (FACILITY | severity.number()) + ">" + TIME.format(time.atZone(zone)) + " " + tag;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        do {
            int end = cut(bytes, at);
            String piece = new String(bytes, at, end - at, StandardCharsets.UTF_8);
            String line = at == 0 ? piece : "... " + piece;
            if (!sent((head + line).getBytes(StandardCharsets.UTF_8))) {
                otherwise.line(severity, time, line);
            }
            at = end;
        } while (at < bytes.length);
    }

    /** The end of the piece that begins at {@code from}; never within a character. */
    private static int cut(byte[] text, int from) {
        int end = Math.min(text.length, from + LONGEST);
        while (end < text.length && end > from + 1 && (text[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }

    /** A syslogd that was started anew has another socket of the same name: hence a second try. */
    private boolean sent(byte[] message) {
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                if (receiver.isEmpty()) {
                    receiver =
                            Optional.of(posix.sockets().sendTo(socket.toString().getBytes(StandardCharsets.UTF_8)));
                }
                receiver.get().send(message, PATIENCE);
                return true;
            } catch (PosixException e) {
                close();
            }
        }
        return false;
    }

    @Override
    public synchronized void close() {
        receiver.ifPresent(UnixDatagrams::close);
        receiver = Optional.empty();
    }
}
