package cofre.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Lists and policies from a seed, with a taste for where calendars are awkward and spans end exactly at a candidate. */
final class RandomCases {
    private static final List<Interval> INTERVALS = List.of(Interval.values());
    private static final List<String> TAGS = List.of("a", "b", "c");
    /** Ends of months, ISO weeks of the other year, nights when clocks are changed (Lisbon, São Paulo, New York). */
    private static final List<String> AWKWARD = List.of(
            "2021-01-04T00:30:00Z",
            "2020-12-31T23:30:00Z",
            "2016-01-04T05:00:00Z",
            "2024-03-31T01:00:00Z",
            "2023-10-29T01:30:00Z",
            "2018-11-04T03:00:00Z",
            "2024-02-29T12:00:00Z",
            "2023-03-31T12:00:00Z",
            "2025-05-31T23:59:59Z",
            "2025-03-09T07:00:00Z");

    private static final List<Duration> PACES = List.of(
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(5),
            Duration.ofDays(1),
            Duration.ofDays(4),
            Duration.ofDays(25),
            Duration.ofDays(140));

    private final Random random;

    RandomCases(long seed) {
        random = new Random(seed);
    }

    /** Candidates none of which is of the future. */
    List<Candidate<Integer>> past(Instant now, int most) {
        Instant newest = random.nextInt(3) == 0
                ? now.minus(Duration.ofSeconds(1 + random.nextInt(100_000_000)))
                : Instant.parse(AWKWARD.get(random.nextInt(AWKWARD.size())));
        return list(pace -> newest, 1 + random.nextInt(most));
    }

    /** Candidates some or all of which are of the future; none is within minutes of now. */
    List<Candidate<Integer>> partlyFuture(Instant now, int most) {
        int size = 1 + random.nextInt(most);
        int ahead = random.nextInt(size + 3);
        return list(pace -> now.plus(pace.multipliedBy(ahead)).plusSeconds(433), size);
    }

    private List<Candidate<Integer>> list(Newest newest, int size) {
        Duration pace = PACES.get(random.nextInt(PACES.size()));
        boolean even = random.nextBoolean();
        Function<Instant, ZoneOffset> clock = clock();
        List<Candidate<Integer>> list = new ArrayList<>();
        Instant time = newest.of(pace);
        for (int id = 0; id < size; id++) {
            // Equal times are of equal candidates: restic leaves it to chance which of them comes first.
            boolean again = id > 0 && random.nextInt(8) == 0;
            list.add(
                    again
                            ? twin(list.get(id - 1), id)
                            : new Candidate<>(id, time.atOffset(clock.apply(time)), tags(), Candidate.Shield.NONE));
            long gap = even ? pace.toNanos() : (long) (random.nextDouble() * 2 * pace.toNanos()) + 1;
            time = again ? time : time.minusNanos(gap);
        }
        return list.stream()
                .sorted((a, b) -> Integer.compare(a.id() % 3, b.id() % 3))
                .toList();
    }

    private static Candidate<Integer> twin(Candidate<Integer> of, int id) {
        return new Candidate<>(id, of.time(), of.tags(), of.shield());
    }

    private Function<Instant, ZoneOffset> clock() {
        return switch (random.nextInt(4)) {
            case 0 -> time -> ZoneOffset.UTC;
            case 1 -> ZoneId.of("Europe/Lisbon").getRules()::getOffset;
            case 2 -> ZoneId.of("America/Sao_Paulo").getRules()::getOffset;
            default -> time -> ZoneOffset.ofTotalSeconds(900 * (random.nextInt(105) - 48));
        };
    }

    private List<String> tags() {
        return TAGS.stream().filter(tag -> random.nextInt(4) == 0).toList();
    }

    /** A policy of one to four rules. */
    RetentionPolicy policy() {
        List<Rule> rules = new ArrayList<>();
        int size = 1 + random.nextInt(4);
        while (rules.size() < size) {
            Rule rule = rule();
            if (rule instanceof Rule.Tagged || rules.stream().noneMatch(other -> other.place() == rule.place())) {
                rules.add(rule);
            }
        }
        return new RetentionPolicy(rules);
    }

    /** Any rule. */
    Rule rule() {
        Interval each = INTERVALS.get(random.nextInt(INTERVALS.size()));
        return switch (random.nextInt(8)) {
            case 0 -> new Rule.Last(count());
            case 1 -> new Rule.Within(span());
            case 2 -> tagged();
            case 3, 4 -> new Rule.EveryWithin(each, span());
            default -> new Rule.Every(each, count());
        };
    }

    private Rule tagged() {
        List<String> all = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            all.add(random.nextInt(6) == 0 ? "" : TAGS.get(random.nextInt(TAGS.size())));
        }
        return new Rule.Tagged(all);
    }

    private int count() {
        return random.nextInt(8) == 0 ? Rule.UNLIMITED : 1 + random.nextInt(6);
    }

    private CalendarSpan span() {
        return switch (random.nextInt(6)) {
            case 0 -> new CalendarSpan(random.nextInt(3), 1 + random.nextInt(14), 0, 0);
            case 1 -> new CalendarSpan(0, 1 + random.nextInt(3), random.nextInt(40), random.nextInt(30));
            case 2, 3 -> new CalendarSpan(0, 0, 1 + random.nextInt(40), 0);
            case 4 -> new CalendarSpan(0, 0, random.nextInt(3), 1 + random.nextInt(60));
            default -> new CalendarSpan(1 + random.nextInt(4), random.nextInt(3), random.nextInt(3), 0);
        };
    }

    /** Where a list begins. */
    private interface Newest {
        Instant of(Duration pace);
    }

    /** Some moment of the last years. */
    static Instant now() {
        return OffsetDateTime.parse("2026-06-15T10:00:00Z").toInstant();
    }
}
