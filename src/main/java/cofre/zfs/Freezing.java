package cofre.zfs;

import cofre.source.SourceException;
import cofre.zfs.Zfs.Answer;
import cofre.zfs.ZfsFault.Subject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes snapshots, all or none, and holds them. */
final class Freezing {
    /**
     * How far ahead of the clock a name may run when earlier ones are taken: two points of one second could not both be
     * shown as previous versions.
     */
    private static final int MAX_SECONDS_AHEAD = 120;

    private final Zfs zfs;
    private final Clock clock;
    private final Holds holds;
    private final Destroyer destroyer;
    private final ReadBack readBack;

    Freezing(Zfs zfs, Clock clock) {
        this.zfs = zfs;
        this.clock = clock;
        this.holds = new Holds(zfs);
        this.destroyer = new Destroyer(zfs);
        this.readBack = new ReadBack(zfs);
    }

    /** One held snapshot for each different dataset. */
    List<OwnSnapshot> freeze(Collection<Dataset> datasets, String runId) throws SourceException {
        return take(datasets, runId, true);
    }

    /** One snapshot for each different dataset, without a hold: nobody needs it, it may be thinned at any time. */
    List<OwnSnapshot> mark(Collection<Dataset> datasets, String runId) throws SourceException {
        return take(datasets, runId, false);
    }

    private List<OwnSnapshot> take(Collection<Dataset> datasets, String runId, boolean isHeld) throws SourceException {
        Map<String, Map<String, Dataset>> pools = new TreeMap<>();
        for (Dataset dataset : datasets) {
            pools.computeIfAbsent(dataset.pool(), p -> new TreeMap<>()).put(dataset.name(), dataset);
        }
        List<OwnSnapshot> taken = new ArrayList<>();
        try {
            for (Map<String, Dataset> pool : pools.values()) {
                List<OwnSnapshot> together = snapshot(List.copyOf(pool.values()), runId);
                taken.addAll(together);
                if (isHeld) {
                    holds.hold(together.stream().map(OwnSnapshot::label).toList());
                }
            }
        } catch (SourceException e) {
            undo(taken, e);
            throw e;
        }
        return taken;
    }

    private List<OwnSnapshot> snapshot(List<Dataset> pool, String runId) throws SourceException {
        Instant now = clock.instant();
        for (int ahead = 0; ; ahead++) {
            SnapshotName name = SnapshotName.at(now.plusSeconds(ahead));
            List<String> labels = pool.stream().map(d -> name.in(d.name())).toList();
            List<String> words = new ArrayList<>(List.of("snapshot"));
            words.addAll(Marks.options(runId, name));
            Answer answer = zfs.call(words, labels);
            if (!answer.is(ZfsFault.EXISTS) || ahead == MAX_SECONDS_AHEAD) {
                answer.orThrow("take snapshot " + String.join(", ", labels), Subject.DATASET);
                return readBack.of(pool, name, runId);
            }
        }
    }

    /** A run that cannot begin leaves nothing behind; what resists is thinned by a later one. */
    private void undo(List<OwnSnapshot> taken, SourceException why) {
        for (OwnSnapshot snapshot : taken) {
            try {
                holds.release(snapshot.label());
                destroyer.destroy(snapshot.label(), snapshot.guid());
            } catch (SourceException e) {
                why.addSuppressed(e);
            }
        }
    }
}
