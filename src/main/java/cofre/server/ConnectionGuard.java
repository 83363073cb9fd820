package cofre.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/**
 * Closes connections of clients that send or read one byte now and then to hold them for ever (slow-loris). Jetty's own
 * idle time-out starts again with every byte; this looks at the total time instead. Thread-safe.
 */
final class ConnectionGuard implements Connection.Listener {
    private final ServerLimits limits;
    private final LongSupplier nanoTime;
    private final Map<Connection, Watched> connections = new ConcurrentHashMap<>();

    /** The connection waits for a request's header since a moment, or has a request running. */
    private record Watched(long sinceNanos, boolean first, Transfer transfer) {}

    ConnectionGuard(ServerLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    @Override
    public void onOpened(Connection connection) {
        // With TLS there are two layers; the HTTP one is there from the first byte of the handshake.
        if (connection instanceof ConnectionMetaData) {
            connections.put(connection, new Watched(nanoTime.getAsLong(), true, null));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    /** Notes that a request's header has arrived; ends by itself when the request is completed. */
    Transfer began(Request request) {
        long now = nanoTime.getAsLong();
        Transfer transfer = new Transfer(now);
        Connection connection = request.getConnectionMetaData().getConnection();
        connections.computeIfPresent(connection, (key, old) -> new Watched(now, false, transfer));
        Request.addCompletionListener(
                request,
                failure -> connections.computeIfPresent(
                        connection, (key, old) -> new Watched(nanoTime.getAsLong(), false, null)));
        return transfer;
    }

    /** Closes all connections whose time is over. Called once a second or more often. */
    void sweep() {
        long now = nanoTime.getAsLong();
        connections.forEach((connection, watched) -> {
            if (isOverdue(watched, now)) {
                connections.remove(connection);
                Log.HTTP.info(
                        "closed a connection that was too slow: peer={}",
                        connection.getEndPoint().getRemoteSocketAddress());
                connection.getEndPoint().close(new TimeoutException("too slow"));
            }
        });
    }

    private boolean isOverdue(Watched watched, long now) {
        long idle = limits.idle().toNanos();
        if (watched.transfer != null) {
            return watched.transfer.isTooSlow(now, idle, limits.minBytesPerSecond());
        }
        long allowed = limits.header().toNanos() + (watched.first ? 0 : idle);
        return now - watched.sinceNanos > allowed;
    }

    /** How often {@link #sweep} should run, in milliseconds. */
    long periodMillis() {
        return Math.max(
                50, Math.min(1000, TimeUnit.NANOSECONDS.toMillis(limits.header().toNanos()) / 4));
    }
}
