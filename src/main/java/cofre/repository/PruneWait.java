package cofre.repository;

import cofre.format.PackId;
import cofre.repository.prune.GraceList;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Packs that are in no index any more and wait to be deleted.
 *
 * @param packs how many
 * @param bytes what they take
 * @param until before this moment not all of them may be deleted; empty when none waits
 * @param prunes by which of the coming prunes the last of them is deleted at the earliest: 1 is the next; 0 when none
 *     waits
 */
public record PruneWait(int packs, long bytes, Optional<Instant> until, int prunes) {
    /** None. */
    static final PruneWait NONE = new PruneWait(0, 0, Optional.empty(), 0);

    /** All that are on the list, which was looked through just now. */
    static PruneWait of(GraceList list, Duration grace, Map<PackId, Long> sizes) {
        if (list.waited().isEmpty()) {
            return NONE;
        }
        GraceList.Forecast forecast = list.forecast(grace);
        long bytes = list.waited().keySet().stream()
                .mapToLong(pack -> sizes.getOrDefault(pack, 0L))
                .sum();
        return new PruneWait(list.waited().size(), bytes, Optional.of(forecast.from()), forecast.looks());
    }

    /** So many that begin to wait now. */
    static PruneWait from(Instant now, Duration grace, int packs, long bytes) {
        return packs == 0 ? NONE : new PruneWait(packs, bytes, Optional.of(now.plus(grace)), grace.isZero() ? 1 : 2);
    }
}
