package cofre.storage.rest;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Bounds the connections in use and keeps unused ones for a while. */
final class ConnectionPool implements AutoCloseable {
    private final Dialer dialer;
    private final Semaphore permits;
    private final RestTimeouts timeouts;
    private final LongSupplier nanoTime;
    /** Newest first, so that a quiet time lets the others age out. Guarded by itself. */
    private final Deque<Connection> unused = new ArrayDeque<>();

    private boolean closed;

    ConnectionPool(Dialer dialer, RestOptions options, LongSupplier nanoTime) {
        this.dialer = dialer;
        this.permits = new Semaphore(options.connections(), true);
        this.timeouts = options.timeouts();
        this.nanoTime = nanoTime;
    }

    /** An unused connection, or a new one; wait for one of the bounded number to become free. */
    Connection take() throws IOException, InterruptedException {
        Duration limit = timeouts.request();
        if (!permits.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new SocketTimeoutException("all connections were busy for " + limit.toMillis() + " ms");
        }
        boolean taken = false;
        try {
            Connection connection = pollUnused();
            connection = connection == null ? dialer.dial() : connection;
            taken = true;
            return connection;
        } finally {
            if (!taken) {
                permits.release();
            }
        }
    }

    /** Replaces a connection which turned out to be dead by a new one. */
    Connection replace(Connection dead) throws IOException {
        dead.close();
        return dialer.dial();
    }

    /** Ends a {@link #take}. */
    void give(Connection connection, boolean reusable) {
        boolean kept = false;
        synchronized (unused) {
            if (reusable && !closed) {
                connection.rest(nanoTime.getAsLong());
                unused.addFirst(connection);
                kept = true;
            }
        }
        if (!kept) {
            connection.close();
        }
        permits.release();
    }

    /** Closes what was unused for too long. */
    void age() {
        long now = nanoTime.getAsLong();
        synchronized (unused) {
            while (!unused.isEmpty() && isOld(unused.peekLast(), now)) {
                unused.pollLast().close();
            }
        }
    }

    @Override
    public void close() {
        synchronized (unused) {
            closed = true;
            unused.forEach(Connection::close);
            unused.clear();
        }
    }

    private Connection pollUnused() throws IOException {
        age();
        while (true) {
            Connection connection;
            synchronized (unused) {
                if (closed) {
                    throw new IOException("the store was closed");
                }
                connection = unused.pollFirst();
            }
            if (connection == null || connection.quiet()) {
                return connection;
            }
            connection.close();
        }
    }

    private boolean isOld(Connection connection, long now) {
        return now - connection.idleSince() >= timeouts.idle().toNanos();
    }
}
