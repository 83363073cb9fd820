package cofre;

import java.time.Instant;

/** Where lines of the log go that carry their severity and no time of their own. Thread-safe. */
@FunctionalInterface
interface LogSink {
    /** Takes one line without its end; never throws. */
    void line(Severity severity, Instant time, String text);
}
