package cofre.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A configuration without faults: every name in it refers to something in it.
 *
 * @param daemon the daemon's own settings
 * @param repositories by name, in the order of the file; may be empty
 * @param shares by name, in the order of the file; may be empty
 */
public record CofreConfig(
        DaemonSettings daemon, Map<String, RepositorySettings> repositories, Map<String, ShareSettings> shares) {
    public CofreConfig {
        repositories = Ordered.copy(repositories);
        shares = Ordered.copy(shares);
    }

    /** The same with repositories for somebody who waits ({@link RepositorySettings#impatient}). */
    public CofreConfig impatient(Duration most) {
        Map<String, RepositorySettings> impatient = new LinkedHashMap<>();
        repositories.forEach((name, settings) -> impatient.put(name, settings.impatient(most)));
        return new CofreConfig(daemon, impatient, shares);
    }

    /** The repository a share of this configuration goes to. */
    public RepositorySettings repositoryOf(ShareSettings share) {
        return repositories.get(share.repository());
    }
}
