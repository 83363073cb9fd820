package cofre.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stop for what looks odd: somebody planted points to push others out, a policy lost a digit, nothing was made for
 * weeks. Candidates of the future are left out of all figures: planting them must not make a large share look small.
 *
 * @param maxPercent the most of a list that may go at once, 1 to 100
 * @param mayAlwaysGo so many may go whatever share they are: of three points, one is a third
 * @param newestWithin the newest must be younger than this, or nothing goes; empty for no such bound
 */
public record Guard(int maxPercent, int mayAlwaysGo, Optional<Duration> newestWithin) {
    /** Refuses only to remove all. */
    public static final Guard ONLY_ALL = new Guard(100, 0, Optional.empty());

    public Guard {
        if (maxPercent < 1 || maxPercent > 100) {
            throw new IllegalArgumentException("cannot use share: " + maxPercent + " % vs 1 to 100");
        }
        if (mayAlwaysGo < 0) {
            throw new IllegalArgumentException("cannot use number: " + mayAlwaysGo + " vs 0 or more");
        }
        if (newestWithin.isPresent()
                && (newestWithin.get().isNegative() || newestWithin.get().isZero())) {
            throw new IllegalArgumentException("cannot use age: " + newestWithin.get() + " vs more than 0");
        }
    }

    /** Why these decisions, newest first and none of the future, must not be carried out. */
    <K extends Comparable<? super K>> List<Refusal> refusals(List<Decision<K>> decisions, Instant now) {
        int all = decisions.size();
        int going =
                (int) decisions.stream().filter(decision -> !decision.kept()).count();
        List<Refusal> refusals = new ArrayList<>();
        if (going == 0) {
            return refusals;
        }
        if (going == all) {
            refusals.add(new Refusal.RemovesAll(all));
        }
        if (going > mayAlwaysGo && going * 100L > (long) maxPercent * all) {
            refusals.add(new Refusal.RemovesTooMany(going, all, maxPercent));
        }
        Instant newest = decisions.get(0).candidate().time().toInstant();
        Duration age = Duration.between(newest, now);
        if (newestWithin.isPresent() && age.compareTo(newestWithin.get()) > 0) {
            refusals.add(new Refusal.NothingRecent(age, newestWithin.get()));
        }
        return refusals;
    }
}
