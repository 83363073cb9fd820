package cofre.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A rule that names due times, in plain words or as the five fields of crontab(5). Immutable.
 *
 * <p>On a day when clocks are set, the hours people mean are kept: a time that does not exist is due once, right after the
 * gap; one that exists twice is due the first time only. A schedule for every hour goes on with hours as they pass.
 */
public final class Schedule {
    /** What {@link #parse} takes, for people. */
    public static final String EXPECTED = "\"every 15 min\", \"hourly\", \"daily 22:00\", \"weekly sun 03:30\","
            + " \"monthly 1 04:00\", five fields as in crontab(5), or \"never\"";

    private final String text;
    private final Optional<CronTimes> times;

    private Schedule(String text, Optional<CronTimes> times) {
        this.text = text;
        this.times = times;
    }

    /**
     * The schedule these words spell.
     *
     * @throws ScheduleException saying what is wrong and what was expected
     */
    public static Schedule parse(String text) {
        String said = text.strip();
        return said.equals("never")
                ? new Schedule(said, Optional.empty())
                : new Schedule(said, Optional.of(CronTimes.of(PlainWords.toCron(said), said)));
    }

    /**
     * The first due time after {@code after} on the clocks of {@code zone}; empty for never, and when there is none before
     * the end of the calendar. Costs about a tenth of a millisecond.
     */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        return times.flatMap(some -> some.next(after, zone));
    }

    /** Whether nothing is ever due. */
    public boolean isNever() {
        return times.isEmpty();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule schedule && schedule.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
