/**
 * Whole journeys with the real programs as referees.
 *
 * <p>Lives here: tests tagged {@code interop}; they need restic and rest-server, found by {@link cofre.testkit.Tools}, and
 * python3.
 *
 * <p>May use: everything.
 *
 * <p>Must not: be run where those programs are missing without failing.
 */
package cofre.interop;
