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
 */
public record PreviousVersions(boolean enabled, RawPath farmDir, Optional<String> farmGroup, int farmMax) {}
