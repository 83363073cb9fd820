package cofre.storage.rest;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What TLS trusts and shows. All files are PEM.
 *
 * @param caFile the only authorities trusted; empty for those of the Java runtime
 * @param certificate our own certificate, followed by its chain; empty for none
 * @param key its private key, unencrypted PKCS#8; present exactly when {@code certificate} is
 */
public record RestTls(Optional<Path> caFile, Optional<Path> certificate, Optional<Path> key) {
    /** The Java runtime's authorities, no certificate of our own. */
    public static final RestTls DEFAULT = new RestTls(Optional.empty(), Optional.empty(), Optional.empty());

    public RestTls {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("cannot use a client certificate: one of certificate and key is missing"
                    + " vs both given; they may be the same file");
        }
    }
}
