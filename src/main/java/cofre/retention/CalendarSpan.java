package cofre.retention;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as people say it, {@code 1y5m7d2h}: years, months and days of the calendar, then hours.
 *
 * @param years 0 to {@link #MAX}
 * @param months 0 to {@link #MAX}; {@code m} is never minutes
 * @param days 0 to {@link #MAX}
 * @param hours 0 to {@link #MAX}
 */
public record CalendarSpan(int years, int months, int days, int hours) {
    /** The most of each: more than any archive's age, and far from where arithmetic on times ends, ours or restic's. */
    public static final int MAX = 1_000_000;

    private static final Pattern PART = Pattern.compile("([0-9]{1,7})([ymdh])");

    public CalendarSpan {
        if (outside(years) || outside(months) || outside(days) || outside(hours)) {
            throw new IllegalArgumentException("cannot use span: " + years + "y" + months + "m" + days + "d" + hours
                    + "h vs 0 to " + MAX + " of each");
        }
        if (((years | months) | (days | hours)) == 0) {
            throw new IllegalArgumentException("cannot use span: 0 vs a length, as in 30d");
        }
    }

    private static boolean outside(int value) {
        return value < 0 || value > MAX;
    }

    /**
     * The span these words spell, in any order of units. What restic would take silently is refused: a unit said twice, of
     * which it uses the last.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static CalendarSpan parse(String text) {
        int[] parts = new int[4];
        boolean[] said = new boolean[4];
        Matcher matcher = PART.matcher(text.strip());
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            int unit = "ymdh".indexOf(matcher.group(2));
            if (said[unit]) {
                throw new IllegalArgumentException(
                        "cannot read span " + text + ": unit " + matcher.group(2) + " twice vs once");
            }
            said[unit] = true;
            parts[unit] = Integer.parseInt(matcher.group(1));
            end = matcher.end();
        }
        if (end == 0 || end != text.strip().length()) {
            throw new IllegalArgumentException("cannot read span " + text
                    + ": vs numbers with y (years), m (months), d (days), h (hours), as in 1y5m7d2h");
        }
        return new CalendarSpan(parts[0], parts[1], parts[2], parts[3]);
    }

    /**
     * The moment this long before {@code time}, on the same clock. A day a month does not have is counted on into the next:
     * one month before 31 March is 3 March (or the 2nd), as restic has it, not 28 February.
     */
    OffsetDateTime before(OffsetDateTime time) {
        LocalDate date = LocalDate.of(time.getYear() - years, 1, 1)
                .plusMonths(time.getMonthValue() - 1L - months)
                .plusDays(time.getDayOfMonth() - 1L - days);
        return OffsetDateTime.of(date, time.toLocalTime(), time.getOffset()).minusHours(hours);
    }

    /** As it is written: units that are not 0, from years to hours. */
    @Override
    public String toString() {
        return part(years, 'y') + part(months, 'm') + part(days, 'd') + part(hours, 'h');
    }

    private static String part(int value, char unit) {
        return value == 0 ? "" : Integer.toString(value) + unit;
    }
}
