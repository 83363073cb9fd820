package cofre.retention;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * restic's choice, to the letter: also where a candidate is of the future, which uses up counts like any other and may be
 * dropped. {@link Retention} is what everybody uses; this is what real restic is compared with.
 */
record Selection(RetentionPolicy policy) {
    /** What restic counts spans from when every candidate is of the future. */
    private static final OffsetDateTime NEVER = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    /** Judges all, newest first; equal times by name. */
    <K extends Comparable<? super K>> List<Decision<K>> judge(Collection<Candidate<K>> candidates, Instant now) {
        List<Candidate<K>> sorted = newestFirst(candidates);
        OffsetDateTime latest = sorted.stream()
                .map(Candidate::time)
                .filter(time -> time.toInstant().isBefore(now))
                .findFirst()
                .orElse(NEVER);
        List<Tally> tallies =
                policy.rules().stream().map(rule -> new Tally(rule, latest)).toList();
        List<Decision<K>> decisions = new ArrayList<>(sorted.size());
        for (int i = 0; i < sorted.size(); i++) {
            Candidate<K> candidate = sorted.get(i);
            int position = i;
            boolean oldest = i == sorted.size() - 1;
            decisions.add(Decision.of(
                    candidate,
                    tallies.stream()
                            .map(tally -> tally.judge(candidate, position, oldest))
                            .toList()));
        }
        return decisions;
    }

    /** Newest first; equal times by name, so that the order of the input decides nothing. */
    static <K extends Comparable<? super K>> List<Candidate<K>> newestFirst(Collection<Candidate<K>> candidates) {
        Comparator<Candidate<K>> byTime =
                Comparator.comparing(candidate -> candidate.time().toInstant());
        return candidates.stream()
                .sorted(byTime.reversed().thenComparing(Candidate::id))
                .toList();
    }
}
