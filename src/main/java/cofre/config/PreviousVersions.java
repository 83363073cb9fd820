package cofre.config;

import cofre.path.RawPath;
import java.util.Optional;

/**
 * The farm of a share.
 *
 * @param enabled whether there is one
 * @param farmDir the directory, absolute
 * @param farmGroup the group that may list versions; empty: everybody
 * @param farmMax how many points are shown at most: 1 to 512, beyond which Windows shows none
 * @param repository whether restore points are shown that are in the repository only
 * @param access whose rights decide what may be seen in those
 */
public record PreviousVersions(
        boolean enabled, RawPath farmDir, Optional<String> farmGroup, int farmMax, boolean repository, Access access) {
    /** Whose rights decide. */
    public enum Access {
        /** Those the file had then, as in a ZFS snapshot. */
        THEN,
        /** Those, and what the share allows now besides. */
        BOTH
    }

    /** Whether anything is shown that is in the repository only. */
    public boolean showsRepository() {
        return enabled && repository;
    }
}
