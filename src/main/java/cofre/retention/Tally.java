package cofre.retention;

import java.time.OffsetDateTime;
import java.util.Optional;

/** One rule on its way through a list, from the newest to the oldest. For one list and one thread. */
final class Tally {
    private final Rule rule;
    private final Optional<OffsetDateTime> edge;
    private int left;
    private long last = Long.MIN_VALUE; // no interval has this number

    /**
     * @param latest what spans are counted from
     */
    Tally(Rule rule, OffsetDateTime latest) {
        this.rule = rule;
        this.edge = rule.span().map(span -> span.before(latest));
        this.left = rule.count();
    }

    /**
     * What the rule says of the next candidate.
     *
     * @param position in the list, 0 for the newest
     * @param oldest whether it ends the list
     */
    Reason judge(Candidate<?> candidate, int position, boolean oldest) {
        if (!rule.concerns(candidate.tags())) {
            return new Reason.PassedBy(rule, Reason.Miss.TAGS);
        }
        // At the very edge is outside.
        if (edge.isPresent() && !candidate.time().isAfter(edge.get())) {
            return new Reason.PassedBy(rule, Reason.Miss.TOO_OLD);
        }
        if (left == 0) {
            return new Reason.PassedBy(rule, Reason.Miss.COUNT_REACHED);
        }
        long number = rule.interval().map(each -> each.number(candidate.time())).orElse((long) position);
        boolean same = number == last;
        if (same && !oldest) {
            return new Reason.PassedBy(rule, Reason.Miss.SAME_INTERVAL);
        }
        last = number;
        left -= left > 0 ? 1 : 0;
        return new Reason.KeptBy(rule, same);
    }
}
