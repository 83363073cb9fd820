package cofre.state;

import cofre.format.KeyId;
import cofre.format.RepositoryId;
import cofre.format.SnapshotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What this host knows of a repository. A store can delete, withhold and put back older states, and no seal shows that: only
 * who remembers notices.
 *
 * @param id the repository's
 * @param polynomial the chunker's, by its bits
 * @param keys the key files it had
 * @param points the restore points this host made and nobody has been seen to forget
 * @param indexes how many index files it had
 * @param seen when it was last as it should be
 * @param alarm why nothing is written to it until an administrator says so; empty when it is written to
 */
public record KnownRepository(
        RepositoryId id,
        long polynomial,
        Set<KeyId> keys,
        List<OwnPoint> points,
        int indexes,
        Instant seen,
        String alarm) {
    /** Ten years of one a day for five shares; beyond that the oldest are not watched over any more. */
    static final int MAX_POINTS = 20_000;

    public KnownRepository {
        keys = Set.copyOf(keys);
        List<OwnPoint> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.comparing(OwnPoint::time));
        points = List.copyOf(sorted.subList(Math.max(0, sorted.size() - MAX_POINTS), sorted.size()));
    }

    /**
     * A restore point this host made.
     *
     * @param id its name
     * @param share whose state it is
     * @param time the moment it shows
     * @param series host and path of its record, by which others may add points of the same share; empty where that was
     *     not remembered yet
     */
    public record OwnPoint(SnapshotId id, String share, Instant time, String series) {
        /** What points of one place on one host have in common, whoever made them. */
        public static String series(String hostname, String path) {
            return hostname + ":" + path;
        }
    }

    /** With one more restore point. */
    public KnownRepository with(OwnPoint point) {
        List<OwnPoint> more = new ArrayList<>(points);
        more.add(point);
        return new KnownRepository(id, polynomial, keys, more, indexes, seen, alarm);
    }

    /** With these restore points in place of those known. */
    public KnownRepository withPoints(List<OwnPoint> others) {
        return new KnownRepository(id, polynomial, keys, others, indexes, seen, alarm);
    }

    /** With these keys in place of those known. */
    public KnownRepository withKeys(Set<KeyId> others) {
        return new KnownRepository(id, polynomial, others, points, indexes, seen, alarm);
    }

    /** The same, and why nothing is written to it. */
    public KnownRepository withAlarm(String why) {
        return new KnownRepository(id, polynomial, keys, points, indexes, seen, why);
    }
}
