package cofre.schedule;

import java.time.Instant;

/**
 * How far a task has come: what is remembered across restarts.
 *
 * @param schedule as written; a task that has another one now begins anew
 * @param since due times up to here have been dealt with
 * @param begun how often what is due after that was begun and has not ended
 */
public record Standing(String schedule, Instant since, int begun) {}
