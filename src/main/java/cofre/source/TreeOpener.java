package cofre.source;

import cofre.path.RawPath;
import java.util.Optional;

/** Opens the root of a tree to be read. Thread-safe. */
public interface TreeOpener {
    /**
     * Opens a directory by its path from the file system's root. Symbolic links in the path itself are followed: it is the
     * administrator's word, not data. Everything below is opened relative to the result and follows none.
     *
     * @param absolute the directory
     * @param expectedMountSource what must be mounted there, as the system names it ({@code tank/obras@cofre-…} for a ZFS
     *     snapshot); asked of the opened directory, so nothing can be swapped in between
     * @param label what it is, for messages
     * @throws SourceException.SnapshotGone when a mount source is expected and another is there, or nothing
     * @throws SourceException.DatasetGone when none is expected and there is no such directory
     * @throws SourceException.Refused when the system does not let us
     */
    SourceDir open(RawPath absolute, Optional<String> expectedMountSource, String label) throws SourceException;
}
