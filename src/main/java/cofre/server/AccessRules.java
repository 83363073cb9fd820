package cofre.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may use the server. Exactly one of the three ways is chosen: an htpasswd file, a proxy's header, or nobody asks.
 *
 * @param htpasswd file of users with bcrypt or {SHA} hashes; re-read within 30 seconds of a change
 * @param proxy header in which a trusted reverse proxy names the user it has authenticated
 * @param noAuth nobody is asked who he is; allowed only on a loopback address
 * @param noAuthAnywhere said explicitly: {@code noAuth} also on addresses others can reach
 * @param privateRepos a user reaches only repositories whose first folder is his own name
 */
public record AccessRules(
        Optional<Path> htpasswd,
        Optional<ProxyHeader> proxy,
        boolean noAuth,
        boolean noAuthAnywhere,
        boolean privateRepos) {

    /** @throws IllegalArgumentException when not exactly one way of authentication is chosen */
    public AccessRules {
        int ways = (htpasswd.isPresent() ? 1 : 0) + (proxy.isPresent() ? 1 : 0) + (noAuth ? 1 : 0);
        if (ways != 1) {
            throw new IllegalArgumentException("cannot tell users apart: " + ways
                    + " ways of authentication chosen, expected exactly one of htpasswd file, proxy header, no-auth");
        }
        if (noAuth && privateRepos) {
            throw new IllegalArgumentException("cannot keep repositories private without authentication: "
                    + "private-repos with no-auth; choose an htpasswd file or leave private-repos out");
        }
        if (noAuthAnywhere && !noAuth) {
            throw new IllegalArgumentException("no-auth-anywhere without no-auth has no meaning; leave it out");
        }
    }

    /** Users come from an htpasswd file. */
    public static AccessRules htpasswd(Path file) {
        return new AccessRules(Optional.of(file), Optional.empty(), false, false, false);
    }

    /** Everybody on this machine may do everything. */
    public static AccessRules open() {
        return new AccessRules(Optional.empty(), Optional.empty(), true, false, false);
    }

    /** The user's name is taken from a header set by a trusted proxy. */
    public static AccessRules proxy(ProxyHeader header) {
        return new AccessRules(Optional.empty(), Optional.of(header), false, false, false);
    }

    /** The same rules, each user confined to his own folder. */
    public AccessRules withPrivateRepos() {
        return new AccessRules(htpasswd, proxy, noAuth, noAuthAnywhere, true);
    }
}
