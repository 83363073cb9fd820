/**
 * Our engine and real restic on one repository: restic is the referee.
 *
 * <p>Lives here: tests of whole repositories in both directions, and the way to run restic.
 *
 * <p>May use: everything.
 *
 * <p>Must not: be needed by other tests.
 */
package cofre.interop;
