package cofre.config;

import cofre.schedule.Schedule;
import java.util.Optional;

/**
 * What is done for a repository by itself: the part of a table {@code [repository.NAME]} that is about looking after it.
 *
 * @param checkSchedule when it is checked
 * @param forget how its restore points are forgotten
 * @param prune how it is pruned
 * @param maintenance where, and as whom, what removes something goes to the store; empty: as everything else
 */
public record RepositoryCare(
        Schedule checkSchedule, ForgetCare forget, PruneCare prune, Optional<RepositoryLocation.Rest> maintenance) {
    /** Nothing by itself. */
    public static RepositoryCare none() {
        return new RepositoryCare(
                Schedule.parse("never"), ForgetCare.standard(), PruneCare.standard(), Optional.empty());
    }
}
