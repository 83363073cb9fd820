package cofre.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The flags of {@code cofre rest-server}, as typed; what does not go together is found by the server.
 *
 * @param path where repositories are kept
 * @param listen {@code host:port} or {@code :port}
 * @param log where requests are logged: a file, {@code -} for standard output; empty: not at all
 * @param noVerifyUpload whether the hash of what is uploaded is left unchecked
 * @param groupAccessibleRepos whether the group may read what is stored
 * @param auth who may do what
 * @param tls how connections are protected
 * @param quota how much may be stored
 * @param prometheus whether {@code /metrics} is served
 * @param prometheusNoAuth whether anybody may read it
 */
public record RestServerFlags(
        Path path,
        String listen,
        Optional<String> log,
        boolean noVerifyUpload,
        boolean groupAccessibleRepos,
        Auth auth,
        Tls tls,
        Quota quota,
        boolean prometheus,
        boolean prometheusNoAuth) {
    /**
     * Who may do what.
     *
     * @param appendOnly whether nothing may be deleted but locks
     * @param privateRepos whether a user sees only what is below a directory of its name
     * @param noAuth whether everybody on this machine is let in
     * @param noAuthAnywhere whether everybody anywhere is
     * @param htpasswdFile where users are; empty: {@code .htpasswd} in the path
     * @param proxyAuthUsername the header in which a proxy names the user
     */
    public record Auth(
            boolean appendOnly,
            boolean privateRepos,
            boolean noAuth,
            boolean noAuthAnywhere,
            Optional<Path> htpasswdFile,
            Optional<String> proxyAuthUsername) {}

    /**
     * How connections are protected.
     *
     * @param enabled whether they are
     * @param cert certificate chain, PEM; empty: {@code public_key} in the path
     * @param key private key, PEM; empty: {@code private_key} in the path
     * @param minVersion {@code 1.2} or {@code 1.3}
     */
    public record Tls(boolean enabled, Optional<Path> cert, Optional<Path> key, String minVersion) {}

    /**
     * How much may be stored, in bytes; 0: no bound.
     *
     * @param maxSize in all
     * @param perRepository in each repository
     */
    public record Quota(long maxSize, long perRepository) {}
}
