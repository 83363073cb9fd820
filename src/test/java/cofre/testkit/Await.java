package cofre.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting in tests: asks again until the answer is yes or the deadline has passed. */
public final class Await {
    private Await() {}

    /** Fails with the description when the condition does not become true in time. */
    public static void until(String description, Duration limit, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + limit + ": " + description);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
