package cofre.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Time as this host saw it pass, which no clock that is set can hurry: while the program runs by a clock that is never set,
 * and of each time it did not run what the wall clock says, one day at most. Never runs backwards. Thread-safe.
 */
public final class PassedTime {
    /** Nobody can tell a long holiday from a clock that was set forward; a day too much harms nobody. */
    static final Duration MOST_UNSEEN = Duration.ofDays(1);

    private final AtomicFile file;
    private final Clock wall;
    private final LongSupplier nanos;
    private boolean isRead;
    private Duration passed = Duration.ZERO;
    private long since;

    /** What is kept in this file. */
    public PassedTime(Path file, Clock wall, LongSupplier nanos) {
        this.file = new AtomicFile(file);
        this.wall = wall;
        this.nanos = nanos;
    }

    /** How much has passed since this was first asked, and remembers it. To be called every hour or so. */
    public synchronized Duration now() throws IOException {
        long at = nanos.getAsLong();
        if (isRead) {
            passed = passed.plusNanos(Math.max(0, at - since));
        } else {
            passed = read();
            isRead = true;
        }
        since = at;
        file.write((passed.toMillis() + " " + wall.instant() + "\n").getBytes(StandardCharsets.US_ASCII));
        return passed;
    }

    private Duration read() throws IOException {
        String[] words = new String(file.read().orElse(new byte[0]), StandardCharsets.US_ASCII)
                .strip()
                .split(" ", 2);
        try {
            Duration before = Duration.ofMillis(Long.parseLong(words[0]));
            Duration unseen = Duration.between(Instant.parse(words[1]), wall.instant());
            Duration counted = unseen.compareTo(MOST_UNSEEN) < 0 ? unseen : MOST_UNSEEN;
            return counted.isNegative() ? before : before.plus(counted);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException | DateTimeException e) {
            return Duration.ZERO; // lost: everything that waits by it waits longer
        }
    }
}
