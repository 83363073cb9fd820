package cofre.storage.rest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** Opens connections to the one server. */
final class Dialer {
    private final String host;
    private final int port;
    private final Optional<TlsDialer> tls;
    private final RestTimeouts timeouts;
    private final Watchdog watchdog;

    Dialer(RestOptions options, Watchdog watchdog) {
        URI base = options.base();
        boolean https = base.getScheme().toLowerCase(Locale.ROOT).equals("https");
        String name = base.getHost();
        this.host = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        this.port = base.getPort() >= 0 ? base.getPort() : https ? 443 : 80;
        this.tls = https ? Optional.of(new TlsDialer(options.tls())) : Optional.empty();
        this.timeouts = options.timeouts();
        this.watchdog = watchdog;
    }

    /** Tries the host's addresses one after another. */
    Connection dial() throws IOException {
        IOException last = null;
        for (InetAddress address : InetAddress.getAllByName(host)) {
            try {
                return dial(new InetSocketAddress(address, port));
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted() || !Failure.isTransport(e)) {
                    throw e;
                }
                last = e;
            }
        }
        throw last;
    }

    private Connection dial(InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        boolean done = false;
        try (Watchdog.Guard guard = watchdog.watch(channel, timeouts.connect(), timeouts.connect())) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            Connection connection = greet(channel, address, guard);
            done = true;
            return connection;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private Connection greet(SocketChannel channel, InetSocketAddress address, Watchdog.Guard guard)
            throws IOException {
        try {
            channel.connect(address);
            Socket plain = channel.socket();
            if (tls.isEmpty()) {
                return new Connection(channel, new Wire(plain.getInputStream(), plain.getOutputStream(), guard), false);
            }
            SSLSocket socket = tls.get().dial(plain, host, port);
            return new Connection(channel, new Wire(socket.getInputStream(), socket.getOutputStream(), guard), true);
        } catch (IOException e) {
            if (guard.verdict().isEmpty()) {
                throw e;
            }
            throw new java.net.SocketTimeoutException(
                    "no connection within " + timeouts.connect().toMillis() + " ms");
        }
    }
}
