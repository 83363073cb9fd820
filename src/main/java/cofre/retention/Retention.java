package cofre.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The front door: a policy, and the bounds within which it is trusted. Pure, for any number of threads.
 *
 * @param policy what is kept
 * @param guard when nothing is carried out
 */
public record Retention(RetentionPolicy policy, Guard guard) {
    /**
     * Plans for candidates that are judged together: one series of restore points, the snapshots of one dataset. The order
     * they come in changes nothing. Those not before {@code now} are kept and count for nothing, so that no clock that was
     * wrong once, here or where they were made, drops anything: a now that is too early only keeps more.
     *
     * <p>Costs a sort, and a few tens of nanoseconds for each candidate and rule.
     *
     * @throws IllegalArgumentException when two have one id
     */
    public <K extends Comparable<? super K>> RetentionPlan<K> plan(Collection<Candidate<K>> candidates, Instant now) {
        List<Candidate<K>> past = new ArrayList<>(candidates.size());
        List<Candidate<K>> future = new ArrayList<>();
        Set<K> ids = new HashSet<>();
        for (Candidate<K> candidate : candidates) {
            if (!ids.add(candidate.id())) {
                throw new IllegalArgumentException(
                        "cannot plan retention: two candidates " + candidate.id() + " vs one");
            }
            (candidate.time().toInstant().isBefore(now) ? past : future).add(candidate);
        }
        List<Decision<K>> decisions = new ArrayList<>(candidates.size());
        Selection.newestFirst(future)
                .forEach(one -> decisions.add(shielded(Decision.of(one, List.of(new Reason.OfTheFuture())))));
        List<Decision<K>> judged = new Selection(policy)
                .judge(past, now).stream().map(Retention::shielded).toList();
        decisions.addAll(judged);
        return new RetentionPlan<>(decisions, guard.refusals(judged, now));
    }

    /** A shield does not change what is counted, as with restic's {@code --keep-tag}: it takes nobody's place. */
    private static <K extends Comparable<? super K>> Decision<K> shielded(Decision<K> decision) {
        Candidate.Shield shield = decision.candidate().shield();
        return shield == Candidate.Shield.NONE ? decision : decision.keptFor(new Reason.Shielded(shield));
    }
}
