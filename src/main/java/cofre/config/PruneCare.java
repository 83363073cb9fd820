package cofre.config;

import cofre.schedule.Schedule;
import java.time.Duration;

/**
 * How a repository is pruned.
 *
 * @param schedule when it is done by itself
 * @param maxUnused how much may stay unused
 * @param window one that runs by itself stops after this long, and the next goes on
 * @param grace for how long packs wait before they are deleted; zero where no backup runs but those of this daemon
 */
public record PruneCare(Schedule schedule, UnusedLimit maxUnused, Duration window, Duration grace) {
    private static final UnusedLimit MAX_UNUSED = new UnusedLimit.Percent(5); // as restic
    private static final Duration WINDOW = Duration.ofHours(4);
    private static final Duration MIN_WINDOW = Duration.ofMinutes(1);
    private static final Duration MAX_WINDOW = Duration.ofDays(7);
    private static final Duration GRACE = Duration.ofDays(3);
    private static final Duration MAX_GRACE = Duration.ofDays(365);

    /** What applies when nothing is said. */
    public static PruneCare standard() {
        return new PruneCare(Schedule.parse("never"), MAX_UNUSED, WINDOW, GRACE);
    }

    static PruneCare read(Table table) {
        return new PruneCare(
                table.schedule("prune_schedule"),
                table.read("prune_max_unused", UnusedLimit.EXPECTED, UnusedLimit::parse)
                        .orElse(MAX_UNUSED),
                table.duration("prune_window", MIN_WINDOW, MAX_WINDOW, WINDOW),
                table.duration("prune_grace", Duration.ZERO, MAX_GRACE, GRACE));
    }
}
