package cofre.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where a repository is. {@code toString} holds no secret. */
public sealed interface RepositoryLocation {
    /** Its address or directory, without credentials. */
    String place();

    /**
     * A REST server.
     *
     * @param base http or https, without user information, path ending in a slash
     * @param credentials {@code user:password} from the URL
     * @param credentialsFile a file whose first line is {@code user:password}; never present together with the above
     */
    record Rest(URI base, Optional<Secret> credentials, Optional<Path> credentialsFile) implements RepositoryLocation {
        @Override
        public String place() {
            return base.toString();
        }
    }

    /** A directory of this machine, absolute. */
    record Local(Path directory) implements RepositoryLocation {
        @Override
        public String place() {
            return directory.toString();
        }
    }
}
