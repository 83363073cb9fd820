package cofre.storage.rest;

import cofre.storage.BackendException;
import java.io.IOException;
import java.net.URI;
import java.util.function.LongSupplier;

/** Sends requests over pooled, watched connections and turns what goes wrong there into the store's errors. */
final class Exchanger implements AutoCloseable {
    /** The rest of an answer is read up to this many bytes to keep the connection; beyond, a new one is cheaper. */
    private static final int DRAIN = 64 * 1024;

    private final String headers;
    private final RestTimeouts timeouts;
    private final Watchdog watchdog;
    private final ConnectionPool pool;

    Exchanger(RestOptions options, LongSupplier nanoTime) {
        URI base = options.base();
        String port = base.getPort() < 0 ? "" : ":" + base.getPort();
        this.headers = "Host: " + base.getHost() + port + "\r\nUser-Agent: " + options.userAgent() + "\r\n"
                + options.credentials()
                        .map(known -> "Authorization: " + known.basicHeader() + "\r\n")
                        .orElse("");
        this.timeouts = options.timeouts();
        this.watchdog = new Watchdog(nanoTime);
        this.pool = new ConnectionPool(new Dialer(options, watchdog), options, nanoTime);
        watchdog.start(timeouts.shortest(), pool::age);
    }

    /** What to do with an answer. */
    @FunctionalInterface
    interface Reader<T> {
        /** Reads the answer; an IOException means the connection failed. */
        T read(Answer answer) throws IOException, BackendException;
    }

    /** Sends {@code request} and gives the answer to {@code reader}. */
    <T> T exchange(Request request, Failure failure, Reader<T> reader) throws BackendException {
        Connection connection;
        try {
            connection = pool.take();
        } catch (IOException e) {
            throw failure.ofConnection(e, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure.interrupted(e);
        }
        Lease lease = new Lease(connection);
        try {
            return lease.exchange(request, failure, reader);
        } finally {
            pool.give(lease.connection, lease.reusable);
        }
    }

    @Override
    public void close() {
        pool.close();
        watchdog.close();
    }

    private String head(Request request) {
        String length = request.method().equals("POST")
                ? "Content-Type: application/octet-stream\r\nContent-Length: "
                        + request.payload().map(payload -> payload.length()).orElse(0L) + "\r\n"
                : "";
        return request.method() + " " + request.target() + " HTTP/1.1\r\n" + headers + request.headers() + length
                + "\r\n";
    }

    /** A connection for the time of one request. */
    private final class Lease {
        private Connection connection;
        private boolean reusable;

        Lease(Connection connection) {
            this.connection = connection;
        }

        <T> T exchange(Request request, Failure failure, Reader<T> reader) throws BackendException {
            boolean mayBeStale = connection.used() && request.repeatable();
            try {
                return attempt(request, failure, reader);
            } catch (StaleException e) {
                if (!mayBeStale) {
                    throw e.asFailure;
                }
            }
            try {
                connection = pool.replace(connection);
            } catch (IOException e) {
                throw failure.ofConnection(e, "");
            }
            try {
                return attempt(request, failure, reader);
            } catch (StaleException e) {
                throw e.asFailure;
            }
        }

        private <T> T attempt(Request request, Failure failure, Reader<T> reader)
                throws BackendException, StaleException {
            try (Watchdog.Guard guard = watchdog.watch(connection::close, timeouts.stall(), timeouts.request())) {
                try {
                    Answer answer = connection.exchange(request, head(request), guard);
                    T result = reader.read(answer);
                    settle(answer);
                    return result;
                } catch (IOException e) {
                    BackendException known = failure.ofConnection(e, guard.verdict());
                    boolean silent = !connection.heard() && guard.verdict().isEmpty();
                    if (silent && !Thread.currentThread().isInterrupted()) {
                        throw new StaleException(known);
                    }
                    throw known;
                }
            }
        }

        private void settle(Answer answer) throws IOException {
            byte[] scrap = new byte[4096];
            for (int drained = 0; drained < DRAIN && !answer.body().finished(); ) {
                int got = answer.body().read(scrap, 0, scrap.length);
                if (got < 0) {
                    break;
                }
                drained += got;
            }
            reusable = connection.reusableAfter(answer);
        }
    }

    /** The server closed a kept connection before it heard the request. Never leaves this class. */
    private static final class StaleException extends Exception {
        private static final long serialVersionUID = 1;
        private final BackendException asFailure;

        StaleException(BackendException asFailure) {
            super(asFailure);
            this.asFailure = asFailure;
        }
    }
}
