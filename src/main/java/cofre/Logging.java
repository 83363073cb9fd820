package cofre;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import cofre.config.DaemonSettings;
import cofre.posix.Posix;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of the long-running programs, one line per event. The command line has none. Whoever starts a program says in
 * {@code COFRE_LOG} who keeps the log: {@code stderr}, with the time on each line (the default); {@code journal}, standard
 * error read by systemd, with the severity in front of each line; {@code syslog}, or {@code syslog:SOCKET}.
 */
final class Logging {
    private static final String SYSLOG = "syslog";

    private Logging() {}

    /** Sends the log of this process where {@code wanted} says; what is not known leaves it on standard error. */
    static void to(String wanted, String program, Supplier<Posix> posix, PrintStream err) {
        if (wanted.equals("journal")) {
            use(journal(err));
        } else if (wanted.equals(SYSLOG) || wanted.startsWith(SYSLOG + ":")) {
            Optional<Path> socket = wanted.equals(SYSLOG)
                    ? Syslog.socket()
                    : Optional.of(Path.of(wanted.substring(SYSLOG.length() + 1)));
            LogSink plain = (severity, time, text) -> err.println(time + " " + text);
            socket.ifPresent(place -> use(new Syslog(posix.get(), place, program, ZoneId.systemDefault(), plain)));
        }
    }

    /** As sd-daemon(3) has it: the severity's number in front of each line. */
    static LogSink journal(PrintStream err) {
        return (severity, time, text) -> err.println("<" + severity.number() + ">" + text);
    }

    private static void use(LogSink sink) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LogLines lines = new LogLines(context, sink);
        lines.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(lines);
    }

    /** From now on logs what is at least as important as {@code level}. */
    static void level(DaemonSettings.LogLevel level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.valueOf(level.name()));
    }
}
