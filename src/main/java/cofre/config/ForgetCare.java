package cofre.config;

import cofre.schedule.Schedule;
import java.time.Duration;

/**
 * How restore points of a repository are forgotten.
 *
 * @param schedule when it is done by itself, for all shares that have a policy
 * @param most percent of the points of a series that may go at once: 1 to 100
 * @param newest nothing goes when the newest of a series is older than this
 * @param trash for how long forgotten points can be brought back; zero for not at all
 */
public record ForgetCare(Schedule schedule, int most, Duration newest, Duration trash) {
    /** A month without a new point: something else is wrong, and what there is may be all there will be. */
    private static final Duration NEWEST = Duration.ofDays(30);

    private static final Duration MAX_NEWEST = Duration.ofDays(3650);
    private static final Duration TRASH = Duration.ofDays(7);
    private static final Duration MAX_TRASH = Duration.ofDays(365);
    private static final int MOST = 50;

    /** What applies when nothing is said. */
    public static ForgetCare standard() {
        return new ForgetCare(Schedule.parse("never"), MOST, NEWEST, TRASH);
    }

    static ForgetCare read(Table table) {
        return new ForgetCare(
                table.schedule("forget_schedule"),
                table.number("forget_most", 1, 100, MOST),
                table.duration("forget_newest", Duration.ofHours(1), MAX_NEWEST, NEWEST),
                table.duration("trash", Duration.ZERO, MAX_TRASH, TRASH));
    }
}
