/**
 * Who works on a repository.
 *
 * <p>Words: a lock is <em>shared</em> (others may add and read) or <em>exclusive</em> (nobody else may work); it is
 * <em>refreshed</em> while its holder lives; it is <em>stale</em> when its holder is known to be dead or has not refreshed
 * it for half an hour.
 *
 * <p>Lives here: {@link cofre.repository.lock.LockRules}, restic's rules as pure functions, {@link
 * cofre.repository.lock.LockWatch}, which knows how old locks are without the wall clock, and {@link
 * cofre.repository.lock.LockStore}, which reads and writes lock files.
 *
 * <p>May use: format, seal, storage. Closed to everybody outside {@code repository}.
 *
 * <p>Must not: delete a lock of somebody who may be alive.
 */
package cofre.repository.lock;
