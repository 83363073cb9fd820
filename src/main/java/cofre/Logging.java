package cofre;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import cofre.config.DaemonSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of the long-running programs: standard error, one line per event. The command line has none. */
final class Logging {
    private Logging() {}

    /** From now on logs what is at least as important as {@code level}. */
    static void level(DaemonSettings.LogLevel level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.valueOf(level.name()));
    }
}
