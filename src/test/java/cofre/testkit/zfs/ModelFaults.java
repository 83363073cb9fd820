package cofre.testkit.zfs;

import cofre.source.SourceException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Objects of a {@link ModelDataset} that cannot be read for now, in its snapshots as well. Thread-safe. */
public final class ModelFaults {
    /** What cannot be done with an object. */
    public enum Kind {
        /** To look at it. */
        LOOK,
        /** To open the file, or to enter the directory. */
        OPEN,
        /** To read the open file, or to list the open directory. */
        READ
    }

    private final Map<Long, Kind> broken = new ConcurrentHashMap<>();
    private volatile boolean rightsHidden;

    /** From now on this cannot be done with the object. */
    public void spoil(long object, Kind what) {
        broken.put(object, what);
    }

    /** From now on nobody can read what rights there are. */
    public void hideRights() {
        rightsHidden = true;
    }

    boolean areRightsHidden() {
        return rightsHidden;
    }

    /** Everything can be read again. */
    public void heal() {
        rightsHidden = false;
        broken.clear();
    }

    boolean has(long object, Kind what) {
        return broken.get(object) == what;
    }

    void check(long object, Kind what) throws SourceException.FileUnreadable {
        if (has(object, what)) {
            throw new SourceException.FileUnreadable("cannot read object " + object + ": I/O error", null);
        }
    }
}
