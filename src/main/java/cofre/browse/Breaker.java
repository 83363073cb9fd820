package cofre.browse;

import cofre.progress.Ticker;
import java.time.Duration;

/**
 * Remembers that a store did not answer, so that for a while nobody waits for it: with a dead server each look-up costs
 * microseconds and not its deadline. Thread-safe.
 */
final class Breaker {
    private final String repository;
    private final Ticker ticker;
    private final long pause;
    private long until; // guarded by this, as is isOpen
    private boolean isOpen;

    Breaker(String repository, Duration pause, Ticker ticker) {
        this.repository = repository;
        this.ticker = ticker;
        this.pause = pause.toNanos();
    }

    /** The store was found silent now. */
    synchronized void open() {
        isOpen = true;
        until = ticker.nanos() + pause;
    }

    /** The store has answered. */
    synchronized void close() {
        isOpen = false;
    }

    /** Throws while the store is not to be asked. After the pause one is let through, and the others when he came back. */
    synchronized void ensureClosed() throws BrowseException.Unavailable {
        if (!isOpen) {
            return;
        }
        if (ticker.nanos() - until < 0) {
            throw new BrowseException.Unavailable(
                    "cannot ask repository " + repository + ": it did not answer in the last "
                            + Duration.ofNanos(pause).toMillis() + " ms; nothing was asked; it is tried again soon",
                    null);
        }
        until = ticker.nanos() + pause;
    }
}
