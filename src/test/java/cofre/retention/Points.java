package cofre.retention;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Candidates by their times, named by where they stand. */
final class Points {
    static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    private Points() {}

    /** Candidates 0, 1, … at these times. */
    static List<Candidate<Integer>> at(String... times) {
        List<Candidate<Integer>> list = new ArrayList<>();
        for (String time : times) {
            list.add(new Candidate<>(list.size(), OffsetDateTime.parse(time), List.of(), Candidate.Shield.NONE));
        }
        return list;
    }

    /** The same one with tags. */
    static Candidate<Integer> tagged(Candidate<Integer> one, String... tags) {
        return new Candidate<>(one.id(), one.time(), List.of(tags), one.shield());
    }

    /** The same one with a shield. */
    static Candidate<Integer> shielded(Candidate<Integer> one, Candidate.Shield shield) {
        return new Candidate<>(one.id(), one.time(), one.tags(), shield);
    }

    /** The plan of these rules for these candidates, refusing only to remove all. */
    static RetentionPlan<Integer> plan(List<Candidate<Integer>> list, Rule... rules) {
        return new Retention(RetentionPolicy.of(rules), Guard.ONLY_ALL).plan(list, NOW);
    }

    /** One line for each candidate: {@code 0 + reasons} or {@code 1 - reasons}. */
    static List<String> lines(RetentionPlan<Integer> plan) {
        return plan.decisions().stream()
                .map(decision -> decision.candidate().id() + (decision.kept() ? " + " : " - ") + decision.text())
                .toList();
    }

    /** The names of those kept, in order. */
    static String kept(RetentionPlan<Integer> plan) {
        return plan.kept().stream()
                .map(decision -> decision.candidate().id().toString())
                .collect(Collectors.joining(" "));
    }
}
