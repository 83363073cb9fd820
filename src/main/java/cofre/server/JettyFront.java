package cofre.server;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** Jetty, set up strictly: HTTP/1.1 only, bounded headers, threads, connections and buffers. */
final class JettyFront {
    private static final int MAX_HEADER_BYTES = 16 << 10;
    /** One socket read; each connection holds one such buffer only while a request is being read. */
    private static final int READ_BUFFER = 64 << 10;
    /** Memory kept in pools, outside the heap; more is given back to the system. */
    private static final long POOL_BYTES = 16L << 20;

    private final Server server;
    private final ServerConnector connector;
    private final ServerOptions options;

    JettyFront(ServerOptions options, TlsContext tls, ConnectionGuard guard, AccessLog accessLog) {
        this.options = options;
        QueuedThreadPool threads = new QueuedThreadPool(options.limits().threads(), 4);
        threads.setName("rest-server");
        server = new Server(
                threads,
                new ScheduledExecutorScheduler("rest-server-timer", true),
                new ArrayByteBufferPool(0, 1024, BodyAnswer.BLOCK, 256, POOL_BYTES, POOL_BYTES));
        connector = new ServerConnector(server, 1, 2, factories(tls));
        connector.setHost(
                options.listen().host().isEmpty() ? null : options.listen().host());
        connector.setPort(options.listen().port());
        connector.setIdleTimeout(options.limits().idle().toMillis());
        // At a stop, connections without a request need not be waited for.
        connector.setShutdownIdleTimeout(100);
        connector.addBean(guard);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(options.limits().connections(), connector));
        server.setErrorHandler(new PlainErrors());
        server.setStopTimeout(options.limits().stop().toMillis());
        if (accessLog != null) {
            server.setRequestLog(accessLog);
        }
    }

    private static ConnectionFactory[] factories(TlsContext tls) {
        HttpConfiguration config = new HttpConfiguration();
        config.setRequestHeaderSize(MAX_HEADER_BYTES);
        config.setSendServerVersion(false);
        config.setHttpCompliance(HttpCompliance.RFC9110);
        config.setUriCompliance(UriCompliance.DEFAULT);
        HttpConnectionFactory http = new HttpConnectionFactory(config);
        http.setInputBufferSize(READ_BUFFER);
        if (tls == null) {
            return new ConnectionFactory[] {http};
        }
        return new ConnectionFactory[] {new SslConnectionFactory(tls.factory(), http.getProtocol()), http};
    }

    void start(Handler handler) throws ServerException.CannotListen {
        server.setHandler(new GracefulHandler(handler));
        try {
            server.start();
        } catch (Exception e) {
            stop();
            String reason = e instanceof IOException && e.getCause() != null
                    ? e.getCause().getMessage()
                    : e.getMessage();
            throw new ServerException.CannotListen(
                    "cannot listen on " + options.listen() + ": " + reason
                            + "; is another server using the port, and does the address belong to this machine?",
                    e);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Runs a task again and again until the server stops; one that takes long delays nothing but itself. */
    void every(long periodMillis, Runnable task) {
        server.getScheduler()
                .schedule(
                        () -> server.getThreadPool().execute(() -> {
                            try {
                                task.run();
                            } finally {
                                every(periodMillis, task);
                            }
                        }),
                        periodMillis,
                        TimeUnit.MILLISECONDS);
    }

    /** Runs a task once, now, beside the requests. */
    void soon(Runnable task) {
        server.getThreadPool().execute(task);
    }

    /** Lets running requests end within the stop time-out, then cuts them. */
    void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            Log.HTTP.warn("the server did not stop cleanly: {}", e.toString());
        }
    }
}
