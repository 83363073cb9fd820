package cofre.server;

import java.net.InetAddress;
import java.util.Set;

/**
 * Trust in a reverse proxy that authenticates users and names them in a header.
 *
 * @param name the header's name
 * @param from addresses the proxy connects from; empty means loopback only. A header from any other address is ignored,
 *     so that a client who reaches the port directly cannot name himself
 */
public record ProxyHeader(String name, Set<InetAddress> from) {

    /** @throws IllegalArgumentException when the name cannot be the name of an HTTP header */
    public ProxyHeader {
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw new IllegalArgumentException("cannot use \"" + name + "\" as the proxy's header: not a header name");
        }
        from = Set.copyOf(from);
    }

    boolean trusts(InetAddress peer) {
        return from.isEmpty() ? peer.isLoopbackAddress() : from.contains(peer);
    }
}
