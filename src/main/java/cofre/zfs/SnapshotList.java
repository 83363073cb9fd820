package cofre.zfs;

import cofre.source.SourceException;
import cofre.source.SourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists own snapshots. */
final class SnapshotList {
    // "get" and not "list": only it tells a mark that a snapshot carries itself from one that it inherits.
    private static final List<String> GET = List.of(
            "get",
            "-Hp",
            "-d",
            "1",
            "-t",
            "filesystem,snapshot",
            "-o",
            "name,property,value,source",
            "guid,createtxg,creation,userrefs," + Marks.RUN + "," + Marks.POINT);

    /** Snapshots may vanish between the two calls that make a list; nobody destroys that many in a row. */
    private static final int ATTEMPTS = 3;

    private final Datasets datasets;
    private final Holds holds;

    SnapshotList(Datasets datasets, Holds holds) {
        this.datasets = datasets;
        this.holds = holds;
    }

    /** Own snapshots of the dataset, oldest first. */
    List<OwnSnapshot> of(SourceId dataset) throws SourceException {
        for (int attempt = 1; ; attempt++) {
            try {
                return list(dataset, true);
            } catch (SourceException.SnapshotGone e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** As {@link #of}, without a look at whose holds there are: none counts as ours. */
    List<OwnSnapshot> withoutHolds(SourceId dataset) throws SourceException {
        return list(dataset, false);
    }

    private List<OwnSnapshot> list(SourceId source, boolean withHolds) throws SourceException {
        String doing = "list the snapshots of dataset " + source.name();
        Datasets.Named named = datasets.below(source, doing, GET);
        String dataset = named.name();
        Map<String, Properties> found = named.found();
        found.keySet().removeIf(label -> !label.startsWith(dataset + "@"));
        found.entrySet().removeIf(e -> !e.getValue().areOfAnOwnSnapshot(e.getKey()));
        List<String> held = found.keySet().stream()
                .filter(label -> withHolds && !found.get(label).text("userrefs").equals("0"))
                .toList();
        Set<String> ours = holds.heldByUs(held);
        List<OwnSnapshot> snapshots = new ArrayList<>(found.size());
        for (Map.Entry<String, Properties> own : found.entrySet()) {
            snapshots.add(snapshot(doing, dataset, own.getKey(), own.getValue(), ours.contains(own.getKey())));
        }
        snapshots.sort(Comparator.comparingLong(OwnSnapshot::createTxg));
        return snapshots;
    }

    private static OwnSnapshot snapshot(
            String doing, String dataset, String label, Properties properties, boolean heldByUs)
            throws SourceException {
        return new OwnSnapshot(
                label,
                dataset,
                properties.text("guid"),
                properties.number(doing, "createtxg"),
                Instant.ofEpochSecond(properties.number(doing, "creation")),
                properties.text(Marks.RUN),
                properties.number(doing, "userrefs"),
                heldByUs);
    }
}
