/**
 * Where the rooms are put together.
 *
 * <p>Lives here: {@link cofre.Main}; {@code Programs}, which builds each long-running program out of the rooms; signals and
 * the log's set-up.
 *
 * <p>May use: every room, SLF4J, Logback.
 *
 * <p>Must not: do anything a room could do.
 */
package cofre;
