package cofre.schedule;

/**
 * Something to be done again and again.
 *
 * @param name its name, once in an agenda
 * @param schedule when
 * @param group tasks of one group that are due at one time are delayed alike, so that they begin together
 */
public record Task(String name, Schedule schedule, String group) {}
