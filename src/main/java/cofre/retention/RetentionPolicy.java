package cofre.retention;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rules of which one is enough to be kept. There is always a rule: a policy without any would keep nothing.
 *
 * @param rules in restic's order whatever order they came in: tags, within, counted, within each interval
 */
public record RetentionPolicy(List<Rule> rules) {
    /**
     * @throws IllegalArgumentException for no rules, or two of one kind (apart from tags): they would contradict each other
     */
    public RetentionPolicy {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("cannot use policy: no rules vs one or more; it would keep nothing");
        }
        // Stable: rules by tags stay in the order they were given.
        rules = rules.stream().sorted(Comparator.comparingInt(Rule::place)).toList();
        Set<Integer> places = new HashSet<>();
        for (Rule rule : rules) {
            if (!places.add(rule.place()) && !(rule instanceof Rule.Tagged)) {
                throw new IllegalArgumentException(
                        "cannot use policy: a second rule for \"" + rule.text() + "\" vs one of a kind");
            }
        }
    }

    /** A policy of these rules. */
    public static RetentionPolicy of(Rule... rules) {
        return new RetentionPolicy(List.of(rules));
    }
}
