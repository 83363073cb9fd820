package cofre.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against a calendar made by looking at every minute of a year, on the clocks of places where these are set oddly. */
class SchedulePropertyTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2027-01-01T00:00:00Z");

    /** Fields as sets, so that what is expected is found without reading an expression. */
    record Fields(Set<Integer> minutes, Set<Integer> hours, Set<Integer> days, Set<Integer> weekdays) {
        boolean everyHour() {
            return hours.isEmpty();
        }

        boolean matches(LocalDateTime time) {
            boolean date = (days.isEmpty() && weekdays.isEmpty())
                    || days.contains(time.getDayOfMonth())
                    || weekdays.contains(time.getDayOfWeek().getValue());
            return date && minutes.contains(time.getMinute()) && (everyHour() || hours.contains(time.getHour()));
        }

        String expression() {
            return text(minutes) + " " + text(hours) + " " + text(days) + " * " + text(weekdays);
        }

        private static String text(Set<Integer> numbers) {
            return numbers.isEmpty()
                    ? "*"
                    : numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "Europe/Berlin",
                        "America/Sao_Paulo",
                        "America/New_York",
                        "Australia/Lord_Howe", // set by half an hour
                        "America/Santiago", // set at midnight
                        "Africa/Cairo",
                        "UTC")
                .map(ZoneId::of);
    }

    private static Arbitrary<Set<Integer>> numbers(int min, int max, int least) {
        return Arbitraries.integers().between(min, max).set().ofMinSize(least).ofMaxSize(3);
    }

    @Provide
    Arbitrary<Fields> fields() {
        return net.jqwik.api.Combinators.combine(
                        numbers(0, 59, 1), numbers(0, 4, 0), numbers(1, 31, 0), numbers(1, 7, 0))
                .as(Fields::new);
    }

    private static Set<Instant> expected(Fields fields, ZoneId zone) {
        Set<Instant> due = new TreeSet<>();
        LocalDateTime before = LocalDateTime.ofInstant(FROM.minusSeconds(60), zone);
        LocalDateTime latest = before;
        for (Instant at = FROM; at.isBefore(TO); at = at.plusSeconds(60)) {
            LocalDateTime shown = LocalDateTime.ofInstant(at, zone);
            boolean again = !shown.isAfter(latest);
            if (fields.matches(shown) && (!again || fields.everyHour())) {
                due.add(at);
            }
            for (LocalDateTime left = before.plusMinutes(1); left.isBefore(shown); left = left.plusMinutes(1)) {
                if (fields.matches(left) && !fields.everyHour()) {
                    due.add(at);
                }
            }
            before = shown;
            latest = again ? latest : shown;
        }
        due.remove(FROM);
        return due;
    }

    @Property(tries = 25)
    void isDueAtEachTimeOfItsCalendarOnce(@ForAll("fields") Fields fields, @ForAll("zones") ZoneId zone) {
        Schedule schedule = Schedule.parse(fields.expression());
        Set<Instant> found = new TreeSet<>();
        Instant last = FROM;
        Instant at = schedule.next(FROM, zone).orElse(TO);
        while (at.isBefore(TO) && found.size() < 20_000) {
            assertThat(Duration.between(last, at)).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
            found.add(at);
            last = at;
            at = schedule.next(at, zone).orElse(TO);
        }
        assertThat(found).containsExactlyElementsOf(expected(fields, zone));
    }
}
