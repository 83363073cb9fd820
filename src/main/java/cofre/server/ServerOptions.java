package cofre.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything the REST server is told. Validated as a whole; an instance that exists is safe to start.
 *
 * @param listen address and port
 * @param path folder that holds the repositories; made when missing
 * @param access who may use it
 * @param store what they may do
 * @param tls certificate and key, or plain HTTP
 * @param monitoring metrics and access log
 * @param limits time-outs and sizes
 */
public record ServerOptions(
        ListenAddress listen,
        Path path,
        AccessRules access,
        StoreRules store,
        Optional<TlsFiles> tls,
        Monitoring monitoring,
        ServerLimits limits) {

    /** @throws IllegalArgumentException when anybody on the network could use the server without being asked */
    public ServerOptions {
        if (access.noAuth() && !access.noAuthAnywhere() && !listen.isLoopback()) {
            throw new IllegalArgumentException("cannot serve " + listen + " without authentication: no-auth is for "
                    + "loopback addresses only; listen on 127.0.0.1, use an htpasswd file, or say no-auth-anywhere");
        }
        if (access.noAuth() && store.ownLocksOnly()) {
            throw new IllegalArgumentException("cannot tell whose lock is whose without authentication: "
                    + "own-locks-only with no-auth; use an htpasswd file or leave own-locks-only out");
        }
    }

    /** Plain HTTP, everything else at its standard. */
    public static ServerOptions of(ListenAddress listen, Path path, AccessRules access) {
        return new ServerOptions(
                listen,
                path,
                access,
                StoreRules.standard(),
                Optional.empty(),
                Monitoring.off(),
                ServerLimits.standard());
    }

    /** These options with other rules for stored files. */
    public ServerOptions with(StoreRules rules) {
        return new ServerOptions(listen, path, access, rules, tls, monitoring, limits);
    }

    /** These options with TLS. */
    public ServerOptions with(TlsFiles files) {
        return new ServerOptions(listen, path, access, store, Optional.of(files), monitoring, limits);
    }

    /** These options with other monitoring. */
    public ServerOptions with(Monitoring other) {
        return new ServerOptions(listen, path, access, store, tls, other, limits);
    }

    /** These options with other limits. */
    public ServerOptions with(ServerLimits other) {
        return new ServerOptions(listen, path, access, store, tls, monitoring, other);
    }
}
