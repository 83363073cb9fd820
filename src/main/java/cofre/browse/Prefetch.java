package cofre.browse;

import cofre.progress.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the directories of one repository's versions to local disk, one version after another, in a thread of its own; a
 * store that does not answer is asked again after a pause that grows. Thread-safe.
 */
final class Prefetch {
    private static final Logger LOG = LoggerFactory.getLogger(Prefetch.class);
    private static final int MOST_DOUBLINGS = 6;

    private final Archive archive;
    private final VersionTools tools;
    private final Ticker ticker;
    private final CountDownLatch ending = new CountDownLatch(1);
    /** With when each was shown first: an index loaded since knows all of it. Guarded by this, as are all below. */
    private final Map<Held, Long> waiting = new LinkedHashMap<>();

    private Optional<Thread> thread = Optional.empty();
    private boolean closed;

    Prefetch(Archive archive, VersionTools tools) {
        this.archive = archive;
        this.tools = tools;
        this.ticker = tools.ticker();
    }

    Archive archive() {
        return archive;
    }

    /** To be made ready. */
    synchronized void add(Held held) {
        waiting.putIfAbsent(held, ticker.nanos());
        if (thread.isEmpty() && !closed) {
            Thread started = new Thread(this::run, "cofre-versions-prefetch-" + archive.name());
            started.setDaemon(true);
            thread = Optional.of(started);
            started.start();
        }
    }

    private void run() {
        int failures = 0;
        for (Optional<Map.Entry<Held, Long>> next = next(); next.isPresent(); next = next()) {
            try {
                make(next.get().getKey(), next.get().getValue());
                failures = 0;
            } catch (BrowseException.Damaged e) {
                done(next.get().getKey());
                LOG.warn("version not shown reason=\"{}\"", e.getMessage());
            } catch (BrowseException | RuntimeException e) {
                Duration pause = tools.limits().retry().multipliedBy(1L << Math.min(failures++, MOST_DOUBLINGS));
                LOG.warn(
                        "versions not ready yet repository={} reason=\"{}\"; tried again in {} ms",
                        archive.name(),
                        e.getMessage(),
                        pause.toMillis());
                pause(pause);
            }
        }
    }

    private synchronized Optional<Map.Entry<Held, Long>> next() {
        waiting.keySet().removeIf(Held::isGone);
        if (waiting.isEmpty() || closed) {
            thread = Optional.empty();
            return Optional.empty();
        }
        return Optional.of(waiting.entrySet().iterator().next());
    }

    private synchronized void done(Held held) {
        waiting.remove(held);
    }

    private void pause(Duration pause) {
        try {
            if (ending.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("prefetch ends repository={}", archive.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // only closing interrupts it
        }
    }

    private void make(Held held, long since) throws BrowseException {
        long begun = ticker.nanos();
        TreeGathering gathering = new TreeGathering(archive, archive.open(), since);
        Held.Root root = held.root(gathering::directory);
        boolean isWhole = gathering.gather(root.tree());
        done(held);
        if (held.isGone()) {
            return;
        }
        held.becomeReady();
        LOG.info(
                "version ready share={} point={} looked_at={} fetched={} whole={} millis={}",
                held.shareDir().share(),
                held.version().id(),
                gathering.lookedAt(),
                gathering.fetched(),
                isWhole,
                (ticker.nanos() - begun) / 1_000_000);
        tools.listener().ready(held.shareDir().share(), held.version().name());
    }

    /** Ends it, without waiting. */
    synchronized void end() {
        closed = true;
        ending.countDown();
        waiting.clear();
        thread.ifPresent(Thread::interrupt);
    }

    /** Waits for its end, at most until then. */
    void await(long until) {
        Optional<Thread> running;
        synchronized (this) {
            running = thread;
        }
        long left = (until - ticker.nanos()) / 1_000_000;
        try {
            if (running.isPresent() && left > 0) {
                running.get().join(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
