package cofre.change;

import java.util.Optional;

/**
 * What a {@link Collector} heard, once it has heard all of it. May be read by several threads at once.
 *
 * <p>Sets that are handed out must not be changed.
 */
public final class Changes {
    private final Evidence evidence;
    private final ObjectSet strayAttributes;

    Changes(Evidence evidence, ObjectSet strayAttributes) {
        this.evidence = evidence;
        this.strayAttributes = strayAttributes;
    }

    /**
     * What is done with each range of numbers.
     */
    @FunctionalInterface
    public interface RangeVisitor {
        /** {@code count}, at least 1, numbers from {@code first} on. */
        void visit(long first, long count) throws CatalogueException;
    }

    /**
     * The objects that may have changed: files, directories, and those that were changed and have been removed since.
     * Neither attributes nor ZFS's own objects are among them, but the files attributes belong to are.
     */
    public ObjectSet changed() {
        return evidence.changed;
    }

    /**
     * What of a changed file's content may differ from the last point.
     *
     * @return empty when the number was another file's then, or it is not known whose: then all of it has to be read
     */
    public Optional<DirtyRanges> ranges(long object) {
        return evidence.isSameIncarnation(object) ? Optional.of(evidence.ranges.of(object)) : Optional.empty();
    }

    /** Whether an extended attribute of the object was changed, which not every system shows in the object's own ctime. */
    public boolean attributesChanged(long object) {
        return evidence.owners.contains(object);
    }

    /** Ranges of numbers no object has any more, ascending. Not all of them when there are very many. */
    public void freed(RangeVisitor visitor) throws CatalogueException {
        evidence.freed.forEach(visitor);
    }

    /** Changed objects the catalogue did not know, or knew as another file of that number. */
    public ObjectSet strangers() {
        return evidence.strangers;
    }

    /**
     * Directories the catalogue knows that changed objects it does not know remember as theirs: what rules leave out of a
     * share is met there by its name.
     */
    public ObjectSet strangersDirectories() {
        ObjectSet directories = new ObjectSet();
        evidence.strangersInside.forEach(object -> evidence.parents.of(object).ifPresent(directories::add));
        return directories;
    }

    /** Whether the object is known to be no directory. */
    boolean isFile(long object) {
        return evidence.files.contains(object);
    }

    /** Hidden directories of attributes that changed and whose files are not known. */
    ObjectSet strayAttributes() {
        return strayAttributes;
    }

    Evidence evidence() {
        return evidence;
    }
}
