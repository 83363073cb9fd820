package cofre.config;

import cofre.path.RawPath;
import java.util.Optional;

/** What a share is read from. */
public sealed interface ShareSource {
    /**
     * A ZFS dataset.
     *
     * @param dataset its full name
     * @param path the share's directory when it is not the dataset's mount point; absolute
     */
    record Dataset(String dataset, Optional<RawPath> path) implements ShareSource {}

    /** A plain directory, absolute, read while it may change. */
    record Directory(RawPath path) implements ShareSource {}
}
