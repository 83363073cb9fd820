package cofre.config;

import cofre.schedule.Schedule;

/**
 * What is done for a repository by itself: the part of a table {@code [repository.NAME]} that is about looking after it.
 *
 * @param checkSchedule when it is checked
 */
public record RepositoryCare(Schedule checkSchedule) {
    /** Nothing by itself. */
    public static RepositoryCare none() {
        return new RepositoryCare(Schedule.parse("never"));
    }
}
