package cofre.control;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Closes connections that take too long. Thread-safe. */
final class Deadlines implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;

    Deadlines() {
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "control-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Closes {@code connection} after {@code time}, unless what is returned is run before. */
    Runnable closeAfter(Duration time, ControlConnection connection) {
        AtomicReference<Future<?>> due = new AtomicReference<>();
        due.set(timer.schedule(connection::close, time.toMillis(), TimeUnit.MILLISECONDS));
        return () -> due.get().cancel(false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
