package cofre.change;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where catalogues are: each share's in a directory of its own, which nothing else may use. Thread-safe. */
public final class CatalogueStore {
    /** Largest object number catalogued: a file of at most a tebibyte, mostly holes. */
    public static final long MAX_OBJECT = 1L << 36;

    /** 24 MiB for each catalogue that is open, and 4 MiB for its links. */
    private static final int CACHED_PAGES = 6144;

    private final CatalogueDisk disk;
    private final long maxObject;
    private final int cachedPages;

    /** Catalogues in files of this system, for objects up to {@link #MAX_OBJECT}. */
    public CatalogueStore() {
        this(new RealDisk(), MAX_OBJECT, CACHED_PAGES);
    }

    CatalogueStore(CatalogueDisk disk, long maxObject, int cachedPages) {
        this.disk = disk;
        this.maxObject = maxObject;
        this.cachedPages = cachedPages;
    }

    /**
     * The catalogue in this directory, if there is one and it is whole and valid for exactly this point and view. One that
     * cannot be read counts as none.
     */
    public Optional<Catalogue> open(Path dir, String point, String viewId) {
        try {
            Optional<CatalogueHead> head = CatalogueFiles.headOf(disk, dir, point, viewId);
            return head.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Catalogue(CatalogueFiles.open(disk, dir, head.get(), cachedPages), maxObject, head));
        } catch (IOException e) {
            return Optional.empty(); // whatever the reason: the share is walked and the catalogue made anew
        }
    }

    /** An empty catalogue in this directory, instead of what there is; valid for nothing until it is committed. */
    public Catalogue create(Path dir) throws CatalogueException {
        try {
            return new Catalogue(CatalogueFiles.create(disk, dir, cachedPages), maxObject, Optional.empty());
        } catch (IOException e) {
            throw new CatalogueException.Unusable(
                    "cannot create catalogue " + dir + ": " + e.getMessage()
                            + " vs success; the share is walked every time; see who may write there",
                    e);
        }
    }
}
