package cofre.repository;

import cofre.repository.prune.MaxUnused;
import cofre.repository.prune.PruneRules;
import java.time.Duration;

/**
 * How a repository is pruned.
 *
 * @param rules what is worth copying
 * @param grace for how long a pack must have been in no index, as seen by this host, before it is deleted: longer than
 *     any run may take that does not honour locks. Until then locks of others count too, refreshed or not
 * @param patience how long to wait for others to finish, each time nobody else may be there for a moment
 */
public record PruneOptions(PruneRules rules, Duration grace, Duration patience) {
    private static final Duration GRACE = Duration.ofDays(3);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    public PruneOptions {
        if (grace.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "cannot prune with grace " + grace + " and patience " + patience + " vs at least 0");
        }
    }

    /** What fits nearly everybody. */
    public static PruneOptions standard(Tuning tuning) {
        return new PruneOptions(PruneRules.standard(tuning.packSize()), GRACE, PATIENCE);
    }

    /** What fits nearly everybody, for this repository. */
    public static PruneOptions of(Repository repository) {
        return standard(repository.opened().engine().tuning());
    }

    /** The same with another grace. */
    public PruneOptions withGrace(Duration other) {
        return new PruneOptions(rules, other, patience);
    }

    /** The same where this many percent of what is used may stay unused. */
    public PruneOptions leavingPercent(double percent) {
        return leaving(new MaxUnused.Percent(percent));
    }

    /** The same where so many bytes may stay unused. */
    public PruneOptions leavingBytes(long bytes) {
        return leaving(new MaxUnused.Bytes(bytes));
    }

    /** The same where however much may stay unused. */
    public PruneOptions leavingAll() {
        return leaving(new MaxUnused.Unlimited());
    }

    private PruneOptions leaving(MaxUnused most) {
        PruneRules other =
                new PruneRules(most, rules.small(), rules.mixed(), rules.uncompressed(), rules.onlyCacheable());
        return new PruneOptions(other, grace, patience);
    }
}
