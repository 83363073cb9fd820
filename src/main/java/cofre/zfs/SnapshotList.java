package cofre.zfs;

import cofre.source.SourceException;
import cofre.zfs.ZfsFault.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists own snapshots. */
final class SnapshotList {
    // The run's id comes last: it is the only value another program might have set to anything.
    private static final List<String> LIST = List.of(
            "list",
            "-Hp",
            "-t",
            "snapshot",
            "-d",
            "1",
            "-o",
            "name,guid,createtxg,creation,userrefs," + Marks.POINT + "," + Marks.RUN);
    private static final int COLUMN_COUNT = 7;
    private static final int GUID_COLUMN = 1;

    /** Snapshots may vanish between the two calls that make a list; nobody destroys that many in a row. */
    private static final int ATTEMPTS = 3;

    private final Zfs zfs;
    private final Holds holds;

    SnapshotList(Zfs zfs, Holds holds) {
        this.zfs = zfs;
        this.holds = holds;
    }

    /** Own snapshots of the dataset with this name, oldest first. */
    List<OwnSnapshot> of(String dataset) throws SourceException {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(dataset);
            } catch (SourceException.SnapshotGone e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private List<OwnSnapshot> attempt(String dataset) throws SourceException {
        String doing = "list the snapshots of dataset " + dataset;
        String out = zfs.call(LIST, List.of(dataset)).orThrow(doing, Subject.DATASET);
        List<String[]> own = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (String[] row : Table.rows(doing, out, COLUMN_COUNT, GUID_COLUMN)) {
            if (isOwn(row, dataset)) {
                own.add(row);
                if (!row[4].equals("0")) {
                    held.add(row[0]);
                }
            }
        }
        Set<String> ours = holds.heldByUs(held);
        List<OwnSnapshot> snapshots = new ArrayList<>(own.size());
        for (String[] row : own) {
            snapshots.add(snapshot(doing, dataset, row, ours.contains(row[0])));
        }
        snapshots.sort(Comparator.comparingLong(OwnSnapshot::createTxg));
        return snapshots;
    }

    private static boolean isOwn(String[] row, String dataset) {
        Optional<SnapshotName> name = SnapshotName.of(row[0]);
        return name.isPresent()
                && name.get().in(dataset).equals(row[0])
                && row[5].equals(name.get().stamp())
                && Marks.isRunId(row[6]);
    }

    private static OwnSnapshot snapshot(String doing, String dataset, String[] row, boolean ours)
            throws SourceException {
        return new OwnSnapshot(
                row[0],
                dataset,
                row[1],
                Table.number(doing, row[2]),
                Instant.ofEpochSecond(Table.number(doing, row[3])),
                row[6],
                Table.number(doing, row[4]),
                ours);
    }
}
