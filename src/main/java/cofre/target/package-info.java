/**
 * Restoring into a directory of this system.
 *
 * <p>Words: a <em>spot</em> is a directory or partial that can be held open or not; a <em>lease</em> keeps it open for one
 * step.
 *
 * <p>Lives here: {@link cofre.target.DirectoryTarget} and what it is made of. Every step is relative to a directory that
 * is held open, every name is opened without following links, and a directory that was closed to save descriptors is
 * opened again from its parent and must be the same one. So whatever links are planted in the target or swapped in while
 * a restore runs, nothing outside is written.
 *
 * <p>May use: acl, path, format, restore, posix.
 *
 * <p>Must not: use a path where it has a descriptor, but for the target's own.
 */
package cofre.target;
