package cofre.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The times of a cron expression. On the calendar they are found by cron-utils, which is given a clock that is never set
 * (UTC), so that only the rules written here say what becomes of hours that are missing or come twice.
 *
 * @param calendar of the expression
 * @param everyHour whether it is due in every hour there is, so that what counts is time as it passes
 */
record CronTimes(ExecutionTime calendar, boolean everyHour) {
    /** A year with every date there is begins here. */
    private static final LocalDateTime LEAP_YEAR = LocalDateTime.of(2024, 1, 1, 0, 0);

    /**
     * The times of an expression of five fields.
     *
     * @param said what a person wrote, for messages
     */
    static CronTimes of(String expression, String said) {
        ExecutionTime calendar;
        try {
            Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(expression);
            calendar = ExecutionTime.forCron(cron.validate());
        } catch (IllegalArgumentException e) {
            throw new ScheduleException(said, String.valueOf(e.getMessage()), Schedule.EXPECTED);
        }
        CronTimes times =
                new CronTimes(calendar, expression.strip().split("\\s+", -1)[1].equals("*"));
        if (times.after(LEAP_YEAR).isEmpty()) {
            throw new ScheduleException(said, "a date no year has", "one that comes, or \"never\"");
        }
        return times;
    }

    /** The first due time after this. */
    Optional<Instant> next(Instant after, ZoneId zone) {
        return everyHour ? asTimePasses(after, zone.getRules()) : asClocksShow(after, zone.getRules());
    }

    private Optional<LocalDateTime> after(LocalDateTime time) {
        return calendar.nextExecution(ZonedDateTime.of(time, ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }

    private Optional<Instant> asClocksShow(Instant after, ZoneRules rules) {
        Optional<LocalDateTime> shown = after(LocalDateTime.ofInstant(after, rules.getOffset(after)));
        // More than once only in the second of two equal hours, whose times were all due in the first.
        while (shown.isPresent() && !instant(shown.get(), rules).isAfter(after)) {
            shown = after(shown.get());
        }
        return shown.map(time -> instant(time, rules));
    }

    /** The first moment clocks show this, or the first whole minute after they passed over it. */
    private static Instant instant(LocalDateTime shown, ZoneRules rules) {
        ZoneOffsetTransition change = rules.getTransition(shown);
        return change != null && change.isGap()
                ? wholeMinute(change.getInstant())
                : shown.toInstant(rules.getValidOffsets(shown).get(0));
    }

    private static Instant wholeMinute(Instant instant) {
        Instant minute = instant.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(instant) ? instant : minute.plus(1, ChronoUnit.MINUTES);
    }

    /** As if the clock were not set, until it is; from there on by what it shows then. */
    private Optional<Instant> asTimePasses(Instant after, ZoneRules rules) {
        Instant from = after;
        ZoneOffset offset = rules.getOffset(after);
        ZoneOffsetTransition change = rules.nextTransition(after);
        while (true) {
            ZoneOffset clock = offset;
            Optional<Instant> due = after(LocalDateTime.ofInstant(from, clock)).map(time -> time.toInstant(clock));
            if (due.isEmpty() || change == null || due.get().isBefore(change.getInstant())) {
                return due;
            }
            from = change.getInstant().minusNanos(1); // the moment of the change itself may be due
            offset = change.getOffsetAfter();
            change = rules.nextTransition(change.getInstant());
        }
    }
}
