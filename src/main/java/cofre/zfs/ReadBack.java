package cofre.zfs;

import cofre.source.SourceException;
import cofre.zfs.ZfsFault.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at snapshots that were just taken, and whether they are of the datasets that were meant. */
final class ReadBack {
    // "get" takes datasets and snapshots in one call; "list" would need two.
    private static final List<String> GET =
            List.of("get", "-Hp", "-o", "name,property,value", "guid,createtxg,creation,userrefs");

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
        Map<String, Map<String, String>> found = new HashMap<>();
        for (String[] line : Table.lines(doing, zfs.call(GET, names).orThrow(doing, Subject.SNAPSHOT), 3)) {
            found.computeIfAbsent(line[0], n -> new HashMap<>()).put(line[1], line[2]);
        }
        List<OwnSnapshot> snapshots = new ArrayList<>();
        for (Dataset dataset : datasets) {
            checkSame(dataset, found);
            snapshots.add(snapshot(doing, dataset.name(), name, runId, found));
        }
        return snapshots;
    }

    /** Between the look at a dataset and its snapshot another one may have got its name. */
    private static void checkSame(Dataset dataset, Map<String, Map<String, String>> found) throws SourceException {
        String guid = found.getOrDefault(dataset.name(), Map.of()).getOrDefault("guid", "none");
        if (!guid.equals(dataset.guid())) {
            throw new SourceException.DatasetGone(
                    "cannot take a snapshot of dataset " + dataset.name() + ": it has guid " + guid + " now vs "
                            + dataset.guid() + " a moment ago; the snapshot is left to be thinned; "
                            + "find out who replaces datasets, then run the backup again",
                    null);
        }
    }

    private static OwnSnapshot snapshot(
            String doing, String dataset, SnapshotName name, String runId, Map<String, Map<String, String>> found)
            throws SourceException {
        Map<String, String> values = found.getOrDefault(name.in(dataset), Map.of());
        String guid = values.getOrDefault("guid", "");
        if (!Table.isNumber(guid)) {
            throw new SourceException.ToolFailed(
                    "cannot " + doing + ": zfs showed the guid \"" + guid + "\" vs a number for " + name.in(dataset)
                            + "; the snapshot is left to be thinned; run the backup again",
                    null);
        }
        return new OwnSnapshot(
                name.in(dataset),
                dataset,
                guid,
                Table.number(doing, values.getOrDefault("createtxg", "")),
                Instant.ofEpochSecond(Table.number(doing, values.getOrDefault("creation", ""))),
                runId,
                Table.number(doing, values.getOrDefault("userrefs", "")),
                false);
    }
}
