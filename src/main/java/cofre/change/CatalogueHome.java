package cofre.change;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where one share's catalogue is kept.
 *
 * @param store opens and makes catalogues
 * @param directory the catalogue's own; the edits of a run are in a file beside it
 */
public record CatalogueHome(CatalogueStore store, Path directory) {
    /** The catalogue, if it is whole and valid for exactly this point and view. */
    public Optional<Catalogue> open(String point, String viewId) {
        return store.open(directory, point, viewId);
    }

    /** An empty one instead of what there is. */
    public Catalogue create() throws CatalogueException {
        return store.create(directory);
    }

    /** An empty log of edits instead of one a killed run left. */
    public EditLog edits() throws IOException {
        Files.createDirectories(directory.toAbsolutePath().getParent());
        return new EditLog(directory.resolveSibling(directory.getFileName() + ".edits"));
    }
}
