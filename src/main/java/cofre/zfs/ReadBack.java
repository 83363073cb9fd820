package cofre.zfs;

import cofre.source.SourceException;
import cofre.zfs.ZfsFault.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at snapshots that were just taken, and whether they are of the datasets that were meant. */
final class ReadBack {
    // "get" takes datasets and snapshots in one call; "list" would need two.
    private static final List<String> GET =
            List.of("get", "-Hp", "-o", "name,property,value,source", "guid,createtxg,creation,userrefs");

    private final Zfs zfs;

    ReadBack(Zfs zfs) {
        this.zfs = zfs;
    }

    List<OwnSnapshot> of(List<Dataset> datasets, SnapshotName name, String runId) throws SourceException {
        String doing = "look at the snapshots " + name + " just taken";
        List<String> names = new ArrayList<>();
        for (Dataset dataset : datasets) {
            names.add(dataset.name());
            names.add(name.in(dataset.name()));
        }
        Map<String, Properties> found =
                Properties.byName(doing, zfs.call(GET, names).orThrow(doing, Subject.SNAPSHOT));
        List<OwnSnapshot> snapshots = new ArrayList<>();
        for (Dataset dataset : datasets) {
            checkSame(dataset, guid(found, dataset.name()));
            snapshots.add(snapshot(doing, dataset.name(), name, runId, found));
        }
        return snapshots;
    }

    private static String guid(Map<String, Properties> found, String name) {
        return found.containsKey(name) ? found.get(name).text("guid") : "none";
    }

    /** Between the look at a dataset and its snapshot another one may have got its name. */
    private static void checkSame(Dataset dataset, String guid) throws SourceException {
        if (!guid.equals(dataset.guid())) {
            throw new SourceException.DatasetGone(
                    "cannot take a snapshot of dataset " + dataset.name() + ": it has guid " + guid + " now vs "
                            + dataset.guid() + " a moment ago; the snapshot is left to be thinned; "
                            + "find out who replaces datasets, then run the backup again",
                    null);
        }
    }

    private static OwnSnapshot snapshot(
            String doing, String dataset, SnapshotName name, String runId, Map<String, Properties> found)
            throws SourceException {
        String label = name.in(dataset);
        String guid = guid(found, label);
        if (!Table.isNumber(guid)) {
            throw new SourceException.ToolFailed(
                    "cannot " + doing + ": zfs showed the guid \"" + guid + "\" vs a number for " + label
                            + "; the snapshot is left to be thinned; run the backup again",
                    null);
        }
        Properties properties = found.get(label);
        return new OwnSnapshot(
                label,
                dataset,
                guid,
                properties.number(doing, "createtxg"),
                Instant.ofEpochSecond(properties.number(doing, "creation")),
                runId,
                properties.number(doing, "userrefs"),
                false);
    }
}
