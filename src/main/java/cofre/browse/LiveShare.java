package cofre.browse;

import cofre.acl.Rights;
import cofre.path.RawPath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The rights of files in the live shares as they are now, for shares where a version shows only what may be seen there too.
 * Thread-safe.
 */
public interface LiveShare {
    /** No share is configured so. */
    LiveShare NONE = new LiveShare() {
        @Override
        public boolean counts(String share) {
            return false;
        }

        @Override
        public Way way(String share, RawPath path) throws IOException {
            throw new IOException("cannot look at live share " + share + ": none counts");
        }
    };

    /** Whether the live rights of this share count. */
    boolean counts(String share);

    /** The way to a path below the share's root, as far as it is there now. Follows no symbolic link. */
    Way way(String share, RawPath path) throws IOException;

    /**
     * A way.
     *
     * @param rights of the share's root and then of each component; where one is not there, is no directory but has
     *     something below it in the path, or is of another kind than {@code path} had, it and all below are left out
     * @param windows the value of {@code security.NTACL} of the last one, empty when it has none
     */
    record Way(List<Rights> rights, Optional<byte[]> windows) {
        public Way {
            rights = List.copyOf(rights);
            if (rights.isEmpty()) {
                throw new IllegalArgumentException("cannot use a way without the share's root");
            }
        }
    }
}
