package cofre.control;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon's end of the control socket. Whoever connects is judged by the kernel's word before a byte is read; nothing
 * a caller sends or leaves out can hold up the daemon. Thread-safe.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private static final long RETRY_MILLIS = 100;

    private final ControlListener listener;
    private final AccessRule access;
    private final Map<String, CommandHandler> handlers;
    private final ControlLimits limits;
    private final ExecutorService threads;
    private final Deadlines deadlines = new Deadlines();
    private final Set<ControlConnection> open = ConcurrentHashMap.newKeySet();

    /**
     * A server that does not accept anybody yet.
     *
     * @param listener closed together with this server
     * @param handlers what can be asked for, by command
     */
    public ControlServer(
            ControlListener listener, AccessRule access, Map<String, CommandHandler> handlers, ControlLimits limits) {
        this.listener = listener;
        this.access = access;
        this.handlers = new TreeMap<>(handlers);
        this.limits = limits;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(r -> daemon(r, "control-" + number.incrementAndGet()));
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to accept callers, on a thread of its own. Called once. */
    public void start() {
        threads.execute(this::acceptAll);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                welcome(listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.warn("event=control_accept_failed cause=\"{}\"", e.getMessage());
                    pauseAfterFailure();
                }
            } catch (RejectedExecutionException e) {
                return;
            }
        }
    }

    /** Out of file descriptors, most likely: trying again at once would only burn the processor. */
    private static void pauseAfterFailure() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void welcome(ControlConnection connection) {
        ControlConnection counted = new Counted(connection);
        if (!access.admits(connection.caller())) {
            LOG.warn("event=control_denied caller={}", connection.caller());
            refuse(
                    counted,
                    "cannot use the control socket as " + connection.caller()
                            + ": vs root or a member of the daemon's socket_group");
        } else if (open.size() >= limits.connections()) {
            LOG.warn("event=control_busy connections={}", open.size());
            refuse(
                    counted,
                    "cannot take the request: " + limits.connections()
                            + " connections are open; try again when one of them has ended");
        } else {
            open.add(counted);
            ControlSession session = new ControlSession(counted, limits, handlers, threads, deadlines);
            threads.execute(session::run);
        }
    }

    private void refuse(ControlConnection connection, String sentence) {
        Refusal.send(connection, Exit.FAILED, sentence, threads, deadlines);
    }

    /** How many callers are being served. */
    int connections() {
        return open.size();
    }

    /** Stops accepting and cuts all callers. Work they asked for as jobs goes on. */
    @Override
    public void close() {
        listener.close();
        open.forEach(ControlConnection::close);
        threads.shutdownNow();
        deadlines.close();
    }

    /** Counts itself out when it is closed. */
    private final class Counted implements ControlConnection {
        private final ControlConnection inner;

        Counted(ControlConnection inner) {
            this.inner = inner;
        }

        @Override
        public Caller caller() {
            return inner.caller();
        }

        @Override
        public java.io.InputStream in() throws IOException {
            return inner.in();
        }

        @Override
        public java.io.OutputStream out() throws IOException {
            return inner.out();
        }

        @Override
        public void close() {
            open.remove(this);
            inner.close();
        }
    }
}
