package cofre.change;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which directories have to be visited so that every changed object is come across: those that named it at the last point,
 * the object itself unless it is known to be a file, the one a stranger remembers, and all that lie above any of these.
 * Directories made since are changed objects themselves.
 */
public final class DirectoryClosure {
    private final Catalogue catalogue;
    private final ObjectSet visit = new ObjectSet();
    /** Directories in {@link #visit} whose parents are not in it yet. Entries that are stale may form circles. */
    private final Deque<Long> climbing = new ArrayDeque<>();

    private DirectoryClosure(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * The directories to visit, by the numbers the catalogue knows them by; {@link Catalogue#ROOT_DIR} is always among
     * them. There may be numbers in it that are no directory's any more.
     *
     * @param catalogue of the last point, not edited since
     * @param besides directories to visit whatever changed
     */
    public static ObjectSet of(Catalogue catalogue, Changes changes, ObjectSet besides) throws CatalogueException {
        DirectoryClosure closure = new DirectoryClosure(catalogue);
        closure.visit.add(Catalogue.ROOT_DIR);
        changes.changed().forEach(object -> closure.reach(object, changes.isFile(object)));
        changes.strangersDirectories().forEach(directory -> closure.reach(directory, false));
        besides.forEach(directory -> closure.reach(directory, false));
        return closure.visit;
    }

    private void reach(long object, boolean isFile) throws CatalogueException {
        if (isFile) {
            catalogue.parents(object, this::climb);
        } else {
            climb(object);
        }
        while (!climbing.isEmpty()) {
            catalogue.parents(climbing.pop(), this::climb);
        }
    }

    private void climb(long dir) {
        if (visit.add(dir)) {
            climbing.push(dir);
        }
    }
}
