package cofre.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where the server accepts connections.
 *
 * @param host name or literal address; empty means every address of the machine
 * @param port 0..65535; 0 lets the system choose (see {@link RestServer#address()})
 */
public record ListenAddress(String host, int port) {

    /** @throws IllegalArgumentException when the port is out of range */
    public ListenAddress {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("cannot listen on port " + port + ": expected 0..65535");
        }
    }

    /**
     * Reads {@code HOST:PORT}, {@code :PORT} or {@code [IPv6]:PORT}.
     *
     * @throws IllegalArgumentException when the text is none of these
     */
    public static ListenAddress parse(String text) {
        if (text.startsWith("unix:")) {
            throw new IllegalArgumentException("cannot listen on " + text
                    + ": Unix sockets are not supported by this server; use HOST:PORT, for example 127.0.0.1:8000");
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw notAnAddress(text);
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw notAnAddress(text);
        }
        try {
            return new ListenAddress(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw notAnAddress(text);
        }
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException(
                "cannot listen on \"" + text + "\": expected HOST:PORT, :PORT or [IPv6]:PORT");
    }

    /** True when only programs of this machine can connect. An unknown host name is not loopback. */
    public boolean isLoopback() {
        if (host.isEmpty()) {
            return false;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    InetSocketAddress toSocketAddress() {
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
