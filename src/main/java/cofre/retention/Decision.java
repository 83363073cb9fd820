package cofre.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What becomes of a candidate.
 *
 * @param candidate the one
 * @param kept whether it stays
 * @param reasons why it stays; or, of every rule, why that does not keep it
 */
public record Decision<K extends Comparable<? super K>>(Candidate<K> candidate, boolean kept, List<Reason> reasons) {
    public Decision {
        reasons = List.copyOf(reasons);
    }

    /** The decision these reasons make: one that keeps is enough, and then only those are told. */
    static <K extends Comparable<? super K>> Decision<K> of(Candidate<K> candidate, List<Reason> reasons) {
        List<Reason> keeping = reasons.stream().filter(Reason::keeps).toList();
        return keeping.isEmpty() ? new Decision<>(candidate, false, reasons) : new Decision<>(candidate, true, keeping);
    }

    /** The same with a reason more to keep it, told first. */
    Decision<K> keptFor(Reason reason) {
        List<Reason> all = new ArrayList<>(List.of(reason));
        all.addAll(reasons);
        return of(candidate, all);
    }

    /** The reasons in one line. */
    public String text() {
        return reasons.stream().map(Reason::text).collect(Collectors.joining(kept ? ", " : "; "));
    }
}
