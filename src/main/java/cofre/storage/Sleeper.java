package cofre.storage;

import java.time.Duration;

/** Waits. Passed in so that a test waits no real time. */
@FunctionalInterface
public interface Sleeper {
    /** Waits for {@code pause}. */
    void sleep(Duration pause) throws InterruptedException;
}
