package cofre.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * PEM files for https.
 *
 * @param ca certificates to trust instead of the system's
 * @param clientCert our own certificate; present exactly when {@code clientKey} is
 * @param clientKey its private key
 */
public record TlsFiles(Optional<Path> ca, Optional<Path> clientCert, Optional<Path> clientKey) {
    /** Nothing said: the system's trust, no certificate of our own. */
    public static final TlsFiles NONE = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());
}
