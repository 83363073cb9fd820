package cofre.zfs;

import cofre.source.SourceException;
import cofre.zfs.Zfs.Answer;
import cofre.zfs.ZfsFault.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Our holds on snapshots. */
final class Holds {
    /** One tag for all runs: who takes over after a crash knows it without having been told. */
    static final String TAG = "cofre:run";

    /** Snapshots named in one call, to stay far below the limit of an argument vector. */
    private static final int BATCH = 200;

    private final Zfs zfs;

    Holds(Zfs zfs) {
        this.zfs = zfs;
    }

    /** Holds all of them, which are in one pool, at once. One that has our hold already is an error of the caller. */
    void hold(List<String> labels) throws SourceException {
        Answer answer = zfs.call(List.of("hold", TAG), labels);
        if (!answer.is(ZfsFault.TAG_EXISTS)) {
            answer.orThrow("hold snapshot " + String.join(", ", labels), Subject.SNAPSHOT);
        }
    }

    /** Releases our hold; that there is none any more, or no snapshot, is as good. */
    void release(String label) throws SourceException {
        Answer answer = zfs.call(List.of("release", TAG, label));
        if (!answer.is(ZfsFault.NO_SUCH_TAG) && !answer.is(ZfsFault.NO_SUCH)) {
            answer.orThrow("release snapshot " + label, Subject.SNAPSHOT);
        }
    }

    /** Which of these snapshots have our hold. */
    Set<String> heldByUs(List<String> labels) throws SourceException {
        Set<String> ours = new HashSet<>();
        for (int at = 0; at < labels.size(); at += BATCH) {
            List<String> batch = labels.subList(at, Math.min(labels.size(), at + BATCH));
            String doing = "list the holds of snapshot " + batch.get(0);
            String out = zfs.call(List.of("holds", "-H"), batch).orThrow(doing, Subject.SNAPSHOT);
            for (String[] row : Table.lines(doing, out, 3)) {
                if (row[1].equals(TAG)) {
                    ours.add(row[0]);
                }
            }
        }
        return ours;
    }
}
