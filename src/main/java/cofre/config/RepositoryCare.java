package cofre.config;

import cofre.schedule.Schedule;

/**
 * What is done for a repository by itself: the part of a table {@code [repository.NAME]} that is about looking after it.
 *
 * @param checkSchedule when it is checked
 * @param forget how its restore points are forgotten
 */
public record RepositoryCare(Schedule checkSchedule, ForgetCare forget) {
    /** Nothing by itself. */
    public static RepositoryCare none() {
        return new RepositoryCare(Schedule.parse("never"), ForgetCare.standard());
    }
}
