package cofre.storage.rest;

import java.net.URI;
import java.util.Optional;

/**
 * How to reach a REST server.
 *
 * @param base where the repository is, as {@link RestUrl#base}
 * @param credentials shown to that server only; empty for none
 * @param tls what an https server must prove; certificates and host names are always checked
 * @param timeouts deadlines
 * @param userAgent what we call ourselves; printable ASCII
 * @param connections most connections at once, 1 or more
 */
public record RestOptions(
        URI base,
        Optional<Credentials> credentials,
        RestTls tls,
        RestTimeouts timeouts,
        String userAgent,
        int connections) {
    /** As many as restic opens. */
    public static final int DEFAULT_CONNECTIONS = 5;

    public RestOptions {
        RestUrl.requireUsable(base);
        if (connections < 1) {
            throw new IllegalArgumentException("cannot use " + connections + " connections vs 1 or more");
        }
        if (!userAgent.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("cannot use a user agent of other than printable ASCII");
        }
    }

    /**
     * Options with the usual values.
     *
     * @param url as {@link RestUrl#parse} reads it
     * @param configured credentials for a url that holds none: those of the url win
     */
    public static RestOptions parse(String url, Optional<Credentials> configured) {
        RestUrl parsed = RestUrl.parse(url);
        return new RestOptions(
                parsed.base(),
                parsed.credentials().or(() -> configured),
                RestTls.DEFAULT,
                RestTimeouts.DEFAULT,
                "cofre",
                DEFAULT_CONNECTIONS);
    }

    /** These options with other TLS files. */
    public RestOptions withTls(RestTls other) {
        return new RestOptions(base, credentials, other, timeouts, userAgent, connections);
    }

    /** These options with other deadlines. */
    public RestOptions withTimeouts(RestTimeouts other) {
        return new RestOptions(base, credentials, tls, other, userAgent, connections);
    }

    /** These options with another name for ourselves. */
    public RestOptions withUserAgent(String other) {
        return new RestOptions(base, credentials, tls, timeouts, other, connections);
    }

    /** These options with another number of connections. */
    public RestOptions withConnections(int other) {
        return new RestOptions(base, credentials, tls, timeouts, userAgent, other);
    }
}
