package cofre.browse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The repositories versions lie in, each with what goes on for it in the background. Thread-safe. */
final class Archives implements AutoCloseable {
    private static final int LOOKS_PER_IDLE = 4;

    /** For all together. */
    private static final long CLOSING_NANOS = 1_000_000_000L;

    private final VersionTools tools;
    private final ScheduledExecutorService idle;
    private final Future<?> looking;
    private final Map<String, Prefetch> all = new HashMap<>(); // guarded by this, as is closed
    private boolean closed;

    Archives(VersionTools tools) {
        this.tools = tools;
        this.idle = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cofre-versions-idle");
            thread.setDaemon(true);
            return thread;
        });
        long every = Math.max(1, tools.limits().indexIdle().toMillis() / LOOKS_PER_IDLE);
        this.looking = idle.scheduleWithFixedDelay(this::dropIdle, every, every, TimeUnit.MILLISECONDS);
    }

    /** Outside of the lock: an index that is being loaded by a store that hangs must hold up nobody else. */
    private void dropIdle() {
        everyone().forEach(prefetch -> prefetch.archive().dropIdle());
    }

    private synchronized List<Prefetch> everyone() {
        return List.copyOf(all.values());
    }

    /** The repository of this name. */
    Archive of(String name) {
        return prefetch(name).archive();
    }

    private synchronized Prefetch prefetch(String name) {
        if (closed) {
            throw new IllegalStateException("cannot show versions: they were closed");
        }
        return all.computeIfAbsent(name, n -> {
            Archive archive = new Archive(n, tools.access(), tools.limits(), tools.ticker(), tools.directory());
            return new Prefetch(archive, tools);
        });
    }

    /** Brings these versions' directories to local disk. */
    void prefetch(List<Held> unready) {
        for (Held held : unready) {
            prefetch(held.archive().name()).add(held);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        looking.cancel(false);
        idle.shutdownNow();
        List<Prefetch> ending = everyone();
        ending.forEach(Prefetch::end);
        ending.forEach(prefetch -> prefetch.archive().close());
        long until = tools.ticker().nanos() + CLOSING_NANOS;
        ending.forEach(prefetch -> prefetch.await(until));
    }
}
