package cofre.versions;

import cofre.path.RawPath;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A share whose versions are shown.
 *
 * @param name as in smb.conf
 * @param repository the name of the repository its points are in
 * @param guid of its dataset now; empty when it is a plain directory
 * @param host this host's name, as points carry it
 * @param root its live path
 * @param group who may see versions; empty: everybody who may use the share
 * @param both whether the live share must allow what the version allows
 * @param most how many are shown at most
 */
public record ShownShare(
        String name,
        String repository,
        Optional<String> guid,
        String host,
        RawPath root,
        OptionalLong group,
        boolean both,
        int most) {}
