package cofre.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** What holds for every list and every policy. */
class RetentionPropertyTest {
    private static final Instant NOW = RandomCases.now();
    private static final int MOST = 30;

    @Property
    void everyCandidateIsKeptOrDroppedOnceWithAReason(@ForAll long seed) {
        RandomCases cases = new RandomCases(seed);
        List<Candidate<Integer>> list = mixed(cases);
        RetentionPlan<Integer> plan = plan(cases.policy(), list, NOW);
        assertThat(plan.decisions().stream().map(Decision::candidate)).containsExactlyInAnyOrderElementsOf(list);
        assertThat(plan.decisions()).noneMatch(decision -> decision.text().isBlank());
        assertThat(plan.decisions()).allMatch(d -> d.reasons().stream().allMatch(r -> r.keeps() == d.kept()));
        assertThat(plan.kept().size() + plan.dropped().size()).isEqualTo(list.size());
    }

    @Property
    void theOrderOfTheListChangesNothing(@ForAll long seed) {
        RandomCases cases = new RandomCases(seed);
        List<Candidate<Integer>> list = mixed(cases);
        RetentionPolicy policy = cases.policy();
        List<Candidate<Integer>> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, new Random(~seed));
        assertThat(plan(policy, shuffled, NOW)).isEqualTo(plan(policy, list, NOW));
    }

    @Property
    void anotherRuleDropsNothingMore(@ForAll long seed) {
        RandomCases cases = new RandomCases(seed);
        List<Candidate<Integer>> list = mixed(cases);
        RetentionPolicy policy = cases.policy();
        List<Rule> more = new ArrayList<>(policy.rules());
        Rule rule = cases.rule();
        more.removeIf(other -> other.place() == rule.place() && !(rule instanceof Rule.Tagged));
        Set<Integer> before = more.isEmpty() ? Set.of() : kept(plan(new RetentionPolicy(more), list, NOW));
        more.add(rule);
        assertThat(kept(plan(new RetentionPolicy(more), list, NOW))).containsAll(before);
    }

    @Property
    void aLargerNumberDropsNothingMore(
            @ForAll long seed, @ForAll Interval each, @ForAll @LongRange(min = 1, max = 9) long n) {
        List<Candidate<Integer>> list = mixed(new RandomCases(seed));
        int count = (int) n;
        assertThat(kept(plan(RetentionPolicy.of(new Rule.Every(each, count + 1)), list, NOW)))
                .containsAll(kept(plan(RetentionPolicy.of(new Rule.Every(each, count)), list, NOW)));
        assertThat(kept(plan(RetentionPolicy.of(new Rule.Every(each, Rule.UNLIMITED)), list, NOW)))
                .containsAll(kept(plan(RetentionPolicy.of(new Rule.Every(each, count)), list, NOW)));
    }

    @Property
    void aSecondRunDropsNothing(@ForAll long seed) {
        RandomCases cases = new RandomCases(seed);
        RetentionPolicy policy = cases.policy();
        List<Candidate<Integer>> left = plan(policy, mixed(cases), NOW).kept().stream()
                .<Candidate<Integer>>map(Decision::candidate)
                .toList();
        assertThat(plan(policy, left, NOW).dropped()).isEmpty();
    }

    @Property
    void aClockThatIsBehindDropsNothingMore(@ForAll long seed, @ForAll @LongRange(min = 0, max = 40_000) long hours) {
        RandomCases cases = new RandomCases(seed);
        List<Candidate<Integer>> list = mixed(cases);
        RetentionPolicy policy = cases.policy();
        assertThat(kept(plan(policy, list, NOW.minus(Duration.ofHours(hours)))))
                .containsAll(kept(plan(policy, list, NOW)));
    }

    @Property
    void aClockThatIsAheadChangesNothingWhereNothingIsOfTheFuture(
            @ForAll long seed, @ForAll @LongRange(min = 0, max = 400_000) long hours) {
        RandomCases cases = new RandomCases(seed);
        List<Candidate<Integer>> list = cases.past(NOW, MOST);
        RetentionPolicy policy = cases.policy();
        assertThat(plan(policy, list, NOW.plus(Duration.ofHours(hours)))).isEqualTo(plan(policy, list, NOW));
    }

    @Property
    void whatIsOfTheFutureChangesNothingForTheRest(@ForAll long seed) {
        RandomCases cases = new RandomCases(seed);
        RetentionPolicy policy = cases.policy();
        List<Candidate<Integer>> all = mixed(cases);
        List<Candidate<Integer>> past =
                all.stream().filter(one -> one.time().toInstant().isBefore(NOW)).toList();
        RetentionPlan<Integer> plan = plan(policy, all, NOW);
        assertThat(plan.dropped()).isEqualTo(plan(policy, past, NOW).dropped());
        assertThat(plan.refusals()).isEqualTo(plan(policy, past, NOW).refusals());
        assertThat(plan.kept().size()).isGreaterThanOrEqualTo(all.size() - past.size());
    }

    @Property
    void aPinKeepsOneMoreAndMovesNoOther(@ForAll long seed) {
        RandomCases cases = new RandomCases(seed);
        RetentionPolicy policy = cases.policy();
        List<Candidate<Integer>> list = new ArrayList<>(mixed(cases));
        Set<Integer> expected = new HashSet<>(kept(plan(policy, list, NOW)));
        int at = Math.floorMod(seed, list.size());
        Candidate<Integer> one = list.get(at);
        list.set(at, new Candidate<>(one.id(), one.time(), one.tags(), Candidate.Shield.PINNED));
        expected.add(one.id());
        assertThat(kept(plan(policy, list, NOW))).isEqualTo(expected);
    }

    @Property
    void neverAllThatIsOfThePastMayGo(@ForAll long seed) {
        RandomCases cases = new RandomCases(seed);
        List<Candidate<Integer>> list = mixed(cases);
        RetentionPlan<Integer> plan = plan(cases.policy(), list, NOW);
        long past = list.stream()
                .filter(one -> one.time().toInstant().isBefore(NOW))
                .count();
        assertThat((long) plan.removals().size()).isLessThan(Math.max(past, 1));
    }

    private static List<Candidate<Integer>> mixed(RandomCases cases) {
        List<Candidate<Integer>> list = new ArrayList<>(cases.partlyFuture(NOW, MOST));
        int shift = list.size();
        cases.past(NOW, MOST)
                .forEach(one -> list.add(new Candidate<>(one.id() + shift, one.time(), one.tags(), one.shield())));
        return list;
    }

    private static RetentionPlan<Integer> plan(RetentionPolicy policy, List<Candidate<Integer>> list, Instant now) {
        return new Retention(policy, Guard.ONLY_ALL).plan(list, now);
    }

    private static Set<Integer> kept(RetentionPlan<Integer> plan) {
        return plan.kept().stream().map(decision -> decision.candidate().id()).collect(Collectors.toSet());
    }
}
