package cofre.backup;

import cofre.change.Catalogue;
import cofre.change.CatalogueException;
import cofre.change.Changes;
import cofre.change.DirtyRanges;
import cofre.change.ObjectSet;
import cofre.format.Node;
import cofre.source.SourceException;
import cofre.storage.BackendException;
import java.util.Optional;

/** Looks only at what was told to have changed, and at directories that are to be looked at anyway. */
final class ChangeScope implements Scope {
    private final Catalogue catalogue;
    private final Changes changes;
    private final ObjectSet visited;
    private final ObjectSet doubted;
    private final ObjectSet listedAgain;
    private final OldTree old;

    /**
     * A scope.
     *
     * @param catalogue of the parent restore point; asked, not changed
     * @param visited directories that hold something that changed, the doubted ones, and those above
     * @param doubted directories every entry of which is looked at
     */
    ChangeScope(Catalogue catalogue, Changes changes, ObjectSet visited, ObjectSet doubted, OldTree old) {
        this.catalogue = catalogue;
        this.changes = changes;
        this.visited = visited;
        this.doubted = doubted;
        this.listedAgain = changes.strangersDirectories();
        this.old = old;
    }

    /** What cannot be looked up is not known: then nothing of what was made is of use. */
    static SourceException unknown(CatalogueException e) {
        return new SourceException.ChangesUnknown(e.getMessage(), e);
    }

    @Override
    public boolean knows(long directory) throws SourceException {
        try {
            return catalogue.knows(directory);
        } catch (CatalogueException e) {
            throw unknown(e);
        }
    }

    @Override
    public boolean mayHaveChanged(long object) {
        return object == Catalogue.ROOT_DIR || changes.changed().contains(object);
    }

    @Override
    public boolean isStranger(long object) {
        return changes.strangers().contains(object);
    }

    @Override
    public boolean holdsChanges(long directory) {
        return visited.contains(directory);
    }

    @Override
    public boolean isDoubted(long directory) {
        return doubted.contains(directory);
    }

    @Override
    public boolean isListedAgain(long directory) {
        return listedAgain.contains(directory);
    }

    @Override
    public Optional<Node> before(long object) throws BackendException, SourceException {
        try {
            return old.find(object);
        } catch (CatalogueException e) {
            throw unknown(e);
        }
    }

    @Override
    public boolean attributesChanged(long object) {
        return changes.attributesChanged(object);
    }

    @Override
    public Optional<DirtyRanges> ranges(long object) {
        return changes.changed().contains(object) ? changes.ranges(object) : Optional.empty();
    }
}
