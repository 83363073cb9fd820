package cofre.versions;

import cofre.browse.Version;
import cofre.path.RawPath;
import java.util.List;

/** Where remote points can be looked at. Thread-safe. */
public interface Shelf {
    /** Shows these of a share and no others; directories that are missing here are fetched meanwhile. */
    void show(ShownShare share, List<Version> points);

    /** Shows nothing of a share. */
    void hide(String share);

    /** Whether anything on it can be looked at. */
    boolean isOpen();

    /** Whether all directories of a point are here. */
    boolean isReady(String share, Version point);

    /** Where a point's share root is, from the file system's root. */
    RawPath place(String share, Version point);
}
