package cofre.zfs;

import cofre.source.SourceException;
import cofre.zfs.OwnSnapshots.Outcome;
import cofre.zfs.Zfs.Answer;
import cofre.zfs.ZfsFault.Subject;
import java.util.List;
import java.util.Map;

/**
 * The only place that destroys anything. Right before, ZFS is asked whether the snapshot is the one that is meant and
 * carries our marks, set on itself: a mark inherited from the dataset or received with a stream proves nothing.
 */
final class Destroyer {
    private static final List<String> GET =
            List.of("get", "-Hp", "-o", "name,property,value,source", "guid,userrefs," + Marks.RUN + "," + Marks.POINT);

    private final Zfs zfs;

    Destroyer(Zfs zfs) {
        this.zfs = zfs;
    }

    Outcome destroy(String label, String guid) throws SourceException {
        String doing = "destroy snapshot " + label;
        Answer answer = zfs.call(GET, List.of(label));
        if (answer.is(ZfsFault.NO_SUCH)) {
            return Outcome.ALREADY_GONE;
        }
        Map<String, Properties> found = Properties.byName(doing, answer.orThrow(doing, Subject.SNAPSHOT));
        Properties properties = found.get(label);
        if (properties == null || !properties.text("guid").equals(guid)) {
            return Outcome.ALREADY_GONE;
        }
        refuseUnlessOurs(label, properties);
        if (!properties.text("userrefs").equals("0")) {
            return Outcome.HELD;
        }
        return outcome(doing, zfs.call(List.of("destroy", label)));
    }

    private static void refuseUnlessOurs(String label, Properties properties) throws SourceException {
        if (!properties.areOfAnOwnSnapshot(label)) {
            throw new SourceException.Refused(
                    "cannot destroy snapshot " + label + ": it lacks the marks of a snapshot taken by cofre ("
                            + Marks.RUN + " and " + Marks.POINT + " set on itself) vs both; it was left alone; "
                            + "if it is yours, destroy it yourself",
                    null);
        }
    }

    private static Outcome outcome(String doing, Answer answer) throws SourceException {
        if (answer.is(ZfsFault.NO_SUCH)) {
            return Outcome.ALREADY_GONE;
        }
        if (answer.is(ZfsFault.HELD)) {
            return Outcome.HELD;
        }
        if (answer.is(ZfsFault.BUSY)) {
            return Outcome.BUSY;
        }
        answer.orThrow(doing, Subject.SNAPSHOT);
        return Outcome.DESTROYED;
    }
}
