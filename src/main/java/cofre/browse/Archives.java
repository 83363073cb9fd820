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

    private synchronized void dropIdle() {
        all.values().forEach(prefetch -> prefetch.archive().dropIdle());
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
        List<Prefetch> ending;
        synchronized (this) {
            closed = true;
            ending = List.copyOf(all.values());
        }
        looking.cancel(false);
        idle.shutdownNow();
        ending.forEach(Prefetch::close);
        ending.forEach(prefetch -> prefetch.archive().close());
    }
}
