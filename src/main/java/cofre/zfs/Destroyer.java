package cofre.zfs;

import cofre.source.SourceException;
import cofre.zfs.OwnSnapshots.Outcome;
import cofre.zfs.Zfs.Answer;
import cofre.zfs.ZfsFault.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The only place that destroys anything. Right before, ZFS is asked whether the snapshot is the one that is meant and
 * carries our marks, set on itself: a mark inherited from the dataset or received with a stream proves nothing.
 */
final class Destroyer {
    private static final List<String> GET =
            List.of("get", "-Hp", "-o", "property,value,source", "guid,userrefs," + Marks.RUN + "," + Marks.POINT);

    private final Zfs zfs;

    Destroyer(Zfs zfs) {
        this.zfs = zfs;
    }

    /** A property's value and where it comes from. */
    private record Property(String value, String source) {
        boolean isSetThere() {
            return source.equals("local");
        }
    }

    Outcome destroy(String label, String guid) throws SourceException {
        String doing = "destroy snapshot " + label;
        Answer answer = zfs.call(GET, List.of(label));
        if (answer.is(ZfsFault.NO_SUCH)) {
            return Outcome.ALREADY_GONE;
        }
        Map<String, Property> found = properties(doing, answer.orThrow(doing, Subject.SNAPSHOT));
        if (!value(found, "guid").equals(guid)) {
            return Outcome.ALREADY_GONE;
        }
        refuseUnlessOurs(label, found);
        if (!value(found, "userrefs").equals("0")) {
            return Outcome.HELD;
        }
        return outcome(doing, zfs.call(List.of("destroy", label)));
    }

    private static Map<String, Property> properties(String doing, String out) throws SourceException {
        Map<String, Property> found = new HashMap<>();
        for (String[] line : Table.lines(doing, out, 3)) {
            found.put(line[0], new Property(line[1], line[2]));
        }
        return found;
    }

    private static String value(Map<String, Property> found, String name) {
        return found.containsKey(name) ? found.get(name).value() : "";
    }

    private static void refuseUnlessOurs(String label, Map<String, Property> found) throws SourceException {
        Optional<SnapshotName> name = SnapshotName.of(label);
        Property run = found.get(Marks.RUN);
        Property point = found.get(Marks.POINT);
        boolean ours = name.isPresent()
                && run != null
                && run.isSetThere()
                && Marks.isRunId(run.value())
                && point != null
                && point.isSetThere()
                && point.value().equals(name.get().stamp());
        if (!ours) {
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
