package cofre.config;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * How many bytes a second may be moved, by the time of the week. Immutable.
 *
 * @param windows the first that holds decides
 * @param other at all other times; 0 for no limit
 */
public record Timetable(List<Window> windows, long other) {
    /** No limit at any time. */
    public static final Timetable UNLIMITED = new Timetable(List.of(), 0);

    public Timetable {
        windows = List.copyOf(windows);
    }

    /**
     * A time of the week.
     *
     * @param days on which it begins
     * @param from when it begins
     * @param to when it ends; not after {@code from} for on the next day
     * @param rate bytes a second; 0 for no limit
     */
    public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to, long rate) {
        public Window {
            days = Set.copyOf(days);
        }

        boolean holds(ZonedDateTime time) {
            LocalTime at = time.toLocalTime();
            boolean begun = !at.isBefore(from);
            boolean ended = !at.isBefore(to);
            if (from.isBefore(to)) {
                return begun && !ended && days.contains(time.getDayOfWeek());
            }
            boolean beganToday = begun && days.contains(time.getDayOfWeek());
            boolean beganYesterday = !ended && days.contains(time.getDayOfWeek().minus(1));
            return beganToday || beganYesterday;
        }
    }

    /** Bytes a second at this time, by its own clock; 0 for no limit. */
    public long at(ZonedDateTime time) {
        for (Window window : windows) {
            if (window.holds(time)) {
                return window.rate();
            }
        }
        return other;
    }

    /** The lowest limit there is at any time; 0 when there is none. */
    long slowest() {
        return LongStream.concat(LongStream.of(other), windows.stream().mapToLong(Window::rate))
                .filter(rate -> rate > 0)
                .min()
                .orElse(0);
    }
}
