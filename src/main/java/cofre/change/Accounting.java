package cofre.change;

import java.util.OptionalLong;

/**
 * Proves, after the directories were visited, that no change was passed over: every stranger must have been seen in one of
 * them, or there must be a reason why not. A changed object that is no stranger needs no sighting: its directories of
 * before were visited, and one that it has moved to is changed itself.
 *
 * <p>Thread-safe.
 */
public final class Accounting {
    private final Changes changes;
    private final boolean wholeDataset;
    private final ObjectSet seen = new ObjectSet();
    private final ObjectSet leftOut = new ObjectSet();

    /**
     * @param wholeDataset whether everything in the dataset is in the share: false when the share is a directory of it, or
     *     anything is left out of the share
     */
    public Accounting(Changes changes, boolean wholeDataset) {
        this.changes = changes;
        this.wholeDataset = wholeDataset;
    }

    /**
     * An entry with this number was come across in a directory that was visited, whatever became of it: also one that was
     * left out or could not be read, and the share's root.
     *
     * @param object its inode number in the view; one beyond {@link ObjectSet#MAX} is none of a dataset's and is passed over
     */
    public synchronized void seen(long object) {
        if (object >= 0 && object <= ObjectSet.MAX) {
            seen.add(object);
        }
    }

    /**
     * As {@link #seen}, of what the share's rules leave out: if it is a directory, what is in it is not in the share.
     *
     * @param object its inode number in the view
     */
    public synchronized void leftOut(long object) {
        seen(object);
        if (object >= 0 && object <= ObjectSet.MAX) {
            leftOut.add(object);
        }
    }

    /**
     * The objects nothing explains, once all was seen. When there is one the share has to be walked.
     *
     * <p>Where the share is not all of its dataset, a stranger explains itself by remembering a parent that neither was in
     * the share at the last point nor is in it now.
     */
    public synchronized ObjectSet unexplained() {
        ObjectSet unexplained = new ObjectSet();
        changes.strangers().forEach(object -> {
            if (!isExplained(object)) {
                unexplained.add(object);
            }
        });
        changes.strayAttributes().forEach(unexplained::add);
        return unexplained;
    }

    private boolean isExplained(long object) {
        Evidence evidence = changes.evidence();
        return seen.contains(object)
                || evidence.unlinked.contains(object)
                || (!wholeDataset && (isElsewhere(evidence, object) || isUntouchedOwner(evidence, object)));
    }

    private boolean isElsewhere(Evidence evidence, long object) {
        if (evidence.strangersInside.contains(object) || !evidence.strangersWithParent.contains(object)) {
            return false;
        }
        OptionalLong parent = evidence.parents.of(object);
        return parent.isPresent() && (!seen.contains(parent.getAsLong()) || leftOut.contains(parent.getAsLong()));
    }

    /** An attribute of it changed and it itself did not, so it is where it was: not in the share, or it would be known. */
    private static boolean isUntouchedOwner(Evidence evidence, long object) {
        return evidence.owners.contains(object)
                && !evidence.same.contains(object)
                && !evidence.other.contains(object)
                && !evidence.written.contains(object);
    }
}
