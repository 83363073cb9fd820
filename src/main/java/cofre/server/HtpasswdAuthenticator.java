package cofre.server;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Basic authentication against an htpasswd file. */
final class HtpasswdAuthenticator implements Authenticator {
    /** A network of a provider's customer; single IPv6 addresses are free to change. */
    private static final int IPV6_PREFIX_BYTES = 8;

    private final HtpasswdFile users;
    private final VerifiedCredentials verified;
    private final FailureLimiter failures;
    /** bcrypt is CPU only: more at once than processors would only starve the transfers. */
    private final Semaphore hashing;

    HtpasswdAuthenticator(HtpasswdFile users, VerifiedCredentials verified, FailureLimiter failures, int processors) {
        this.users = users;
        this.verified = verified;
        this.failures = failures;
        this.hashing = new Semaphore(Math.max(1, processors));
    }

    @Override
    public Outcome authenticate(Claims claims) {
        Optional<BasicCredentials> said = BasicCredentials.parse(claims.header("Authorization"));
        if (said.isEmpty()) {
            return new Unknown();
        }
        BasicCredentials credentials = said.get();
        Optional<PasswordHash> hash = users.of(credentials.user());
        if (hash.isPresent() && verified.contains(credentials, hash.get())) {
            return new Accepted(credentials.user());
        }
        // All unknown names of one address share a count, so inventing names does not help.
        String source =
                network(claims.peer()) + hash.map(h -> "/" + credentials.user()).orElse("");
        if (failures.isBlocked(source)) {
            return new Throttled();
        }
        // For an unknown user the work is done on somebody's hash all the same: the time must not tell who exists.
        boolean right = hash.or(users::decoy)
                .map(known -> verify(known, credentials.password()))
                .orElse(false);
        if (right && hash.isPresent()) {
            verified.add(credentials, hash.get());
            return new Accepted(credentials.user());
        }
        failures.failed(source);
        return new Unknown();
    }

    private boolean verify(PasswordHash hash, String password) {
        hashing.acquireUninterruptibly();
        try {
            return hash.matches(password);
        } finally {
            hashing.release();
        }
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        int length = bytes.length == 4 ? 4 : IPV6_PREFIX_BYTES;
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, length));
    }
}
