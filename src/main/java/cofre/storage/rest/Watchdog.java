package cofre.storage.rest;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts sockets on which nothing moved for too long, or which took too long altogether. A blocking write has no time-out of
 * its own, so somebody else has to close the socket under it.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long SLOWEST_LOOK_MILLIS = 1000;
    private static final long FASTEST_LOOK_MILLIS = 10;

    private final LongSupplier nanoTime;
    private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looks;
    private Future<?> schedule;

    Watchdog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.looks = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "cofre-rest-watchdog");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to look.
     *
     * @param shortest the shortest limit that will be asked for; sets how often
     * @param alsoDo done at each look
     */
    void start(Duration shortest, Runnable alsoDo) {
        long every = Math.min(SLOWEST_LOOK_MILLIS, Math.max(FASTEST_LOOK_MILLIS, shortest.toMillis() / 8));
        schedule = looks.scheduleWithFixedDelay(() -> look(alsoDo), every, every, TimeUnit.MILLISECONDS);
    }

    /** Watches {@code socket} until {@link Guard#close}. */
    Guard watch(Closeable socket, Duration stall, Duration total) {
        Guard guard = new Guard(socket, stall, total);
        guards.add(guard);
        return guard;
    }

    @Override
    public void close() {
        schedule.cancel(false);
        looks.shutdown();
        guards.forEach(guard -> guard.cut("the store was closed"));
    }

    private void look(Runnable alsoDo) {
        try {
            long now = nanoTime.getAsLong();
            guards.forEach(guard -> guard.judge(now));
            alsoDo.run();
        } catch (RuntimeException e) {
            // An exception would end the schedule, and with it every deadline.
            LOG.error("watchdog look went wrong", e);
        }
    }

    /** One watched exchange. */
    final class Guard implements AutoCloseable {
        private final Closeable socket;
        private final Duration stall;
        private final Duration total;
        private final long started = nanoTime.getAsLong();
        private volatile long moved = started;
        private volatile String verdict = "";

        Guard(Closeable socket, Duration stall, Duration total) {
            this.socket = socket;
            this.stall = stall;
            this.total = total;
        }

        /** Says that bytes moved. */
        void progress() {
            moved = nanoTime.getAsLong();
        }

        /** Why the socket was cut; empty when it was not. */
        String verdict() {
            return verdict;
        }

        @Override
        public void close() {
            guards.remove(this);
        }

        private void judge(long now) {
            if (now - moved >= stall.toNanos()) {
                cut("no byte moved for " + stall.toMillis() + " ms");
            } else if (now - started >= total.toNanos()) {
                cut("not done after " + total.toMillis() + " ms");
            }
        }

        private void cut(String why) {
            if (!verdict.isEmpty()) {
                return;
            }
            verdict = why;
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("closing a stuck socket", e);
            }
        }
    }
}
