package cofre.retention;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * A choice in words, the same from us and from restic. Candidates of equal time, clock and tags are told by their reasons
 * only: restic leaves it to chance which of them comes first.
 *
 * @param kept sorted
 * @param dropped sorted
 */
record Verdict(List<String> kept, List<String> dropped) {
    Verdict {
        kept = kept.stream().sorted().toList();
        dropped = dropped.stream().sorted().toList();
    }

    static <K extends Comparable<? super K>> Verdict of(List<Decision<K>> decisions) {
        return new Verdict(
                decisions.stream()
                        .filter(Decision::kept)
                        .map(decision -> name(decision.candidate()) + " "
                                + decision.reasons().stream().map(Reason::text).toList())
                        .toList(),
                decisions.stream()
                        .filter(decision -> !decision.kept())
                        .map(decision -> name(decision.candidate()))
                        .toList());
    }

    private static String name(Candidate<?> candidate) {
        return name(candidate.time(), candidate.tags());
    }

    static String name(OffsetDateTime time, List<String> tags) {
        return time + " " + tags;
    }
}
