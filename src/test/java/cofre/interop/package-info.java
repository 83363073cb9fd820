/**
 * The real restic and rest-server as judges.
 *
 * <p>Lives here: tests that run the real programs, on whole repositories in both directions; all are tagged {@code
 * interop}.
 *
 * <p>May use: everything.
 *
 * <p>Must not: pass when a program is missing.
 */
package cofre.interop;
