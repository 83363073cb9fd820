package cofre.retention;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What becomes of each candidate and why, and whether it may be carried out.
 *
 * @param decisions newest first; equal times by id
 * @param refusals why nothing of it may be carried out; empty when it may
 */
public record RetentionPlan<K extends Comparable<? super K>>(List<Decision<K>> decisions, List<Refusal> refusals) {
    public RetentionPlan {
        decisions = List.copyOf(decisions);
        refusals = List.copyOf(refusals);
    }

    /** What stays, newest first. */
    public List<Decision<K>> kept() {
        return decisions.stream().filter(Decision::kept).toList();
    }

    /** What the policy does not keep, newest first: to be shown. What may be removed is {@link #removals}. */
    public List<Decision<K>> dropped() {
        return decisions.stream().filter(decision -> !decision.kept()).toList();
    }

    /** What may be removed, oldest first, so that whatever interrupts it leaves the newest; nothing after a refusal. */
    public List<K> removals() {
        if (!refusals.isEmpty()) {
            return List.of();
        }
        List<K> removals = new ArrayList<>();
        dropped().forEach(decision -> removals.add(decision.candidate().id()));
        Collections.reverse(removals);
        return List.copyOf(removals);
    }
}
