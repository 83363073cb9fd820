package cofre.config;

import cofre.schedule.Schedule;
import java.time.Duration;

/**
 * What is done for a repository by itself: the part of a table {@code [repository.NAME]} that is about looking after it.
 *
 * @param checkSchedule when it is checked
 * @param checkDataWithin in what time scheduled checks read all data once; zero when they read none
 * @param forget how its restore points are forgotten
 */
public record RepositoryCare(Schedule checkSchedule, Duration checkDataWithin, ForgetCare forget) {
    /** Nothing by itself. */
    public static RepositoryCare none() {
        return new RepositoryCare(Schedule.parse("never"), Duration.ZERO, ForgetCare.standard());
    }
}
