package cofre.testkit;

import cofre.storage.Sleeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Time that passes only by sleeping: a monotonic clock and a sleeper in one. */
public final class FakeTime implements LongSupplier, Sleeper {
    private final List<Duration> pauses = new ArrayList<>();
    private long now;

    /** Lets time pass. */
    public synchronized void advance(Duration by) {
        now += by.toNanos();
    }

    /** All pauses slept so far. */
    public synchronized List<Duration> pauses() {
        return new ArrayList<>(pauses);
    }

    @Override
    public synchronized long getAsLong() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration pause) throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
        pauses.add(pause);
        now += pause.toNanos();
    }
}
