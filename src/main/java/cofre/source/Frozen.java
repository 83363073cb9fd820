package cofre.source;

import java.time.Instant;

/**
 * A view of a source that no longer changes (or, for a directory, the directory itself). The view outlives this object:
 * {@link SnapshotSource#settle} and {@link SnapshotSource#abandon} say what becomes of it.
 */
public interface Frozen extends AutoCloseable {
    /** The source it is a view of. */
    SourceId source();

    /** Name of the view: {@code tank/obras@cofre-20261121T101500Z}; for a directory its path. */
    String label();

    /** What identifies the view for ever: the ZFS snapshot's guid in decimal; empty for a directory. */
    String viewId();

    /** The moment it shows, in whole seconds for ZFS; the moment it was asked for otherwise. */
    Instant time();

    /** Whether the view is one moment's; false for a directory, and every report says so. */
    boolean isConsistent();

    /** Whether everything in the source is in the share: false when its root is a directory of a dataset. */
    boolean isWholeSource();

    /**
     * Whether every change of an extended attribute shows in the file's change time. It does not on FreeBSD where ZFS
     * keeps attributes in hidden directories ({@code xattr=dir}): then attributes have to be read to know.
     */
    boolean timesCoverAttributes();

    /**
     * Opens the share's root in the view, after making sure that it is the view and never the live tree.
     *
     * @throws SourceException.SnapshotGone when what is there is not this view
     */
    SourceDir openRoot() throws SourceException;

    /** Makes sure, at the end of a run, that the view is still the one that was frozen. */
    void verifyStillThere() throws SourceException;

    /** Lets go of open handles; leaves the view alone. */
    @Override
    void close();
}
