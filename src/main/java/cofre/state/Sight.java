package cofre.state;

import cofre.format.KeyId;
import cofre.format.RepositoryId;
import cofre.format.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a repository looks like now.
 *
 * @param id the repository's
 * @param polynomial the chunker's, by its bits
 * @param keys its key files
 * @param points its restore points
 * @param replaced restore points that were written anew under another name, as tagging does, each with that name
 * @param times when the restore points of each {@linkplain KnownRepository.OwnPoint#series series} are of; may be empty
 *     while none of this host's is missing
 * @param indexes how many index files it has
 * @param time now
 */
public record Sight(
        RepositoryId id,
        long polynomial,
        Set<KeyId> keys,
        Set<SnapshotId> points,
        Map<SnapshotId, SnapshotId> replaced,
        Map<String, List<Instant>> times,
        int indexes,
        Instant time) {
    public Sight {
        keys = Set.copyOf(keys);
        points = Set.copyOf(points);
        replaced = Map.copyOf(replaced);
        times = Map.copyOf(times);
    }

    /** What is to be known of it by a host that knew nothing of it, or that is told to take it as it is. */
    public KnownRepository firstKnown() {
        return new KnownRepository(id, polynomial, keys, List.of(), indexes, time, "");
    }
}
