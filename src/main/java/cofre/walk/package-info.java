/**
 * Trees to be read, by the system's own calls.
 *
 * <p>Lives here: {@link cofre.walk.PosixTree}, which opens directories and files relative to open directories and follows
 * no link, and {@link cofre.walk.DirectorySource}, the source that is not frozen at all.
 *
 * <p>May use: acl, browse (its port to the live share), source, path, format, posix.
 *
 * <p>Must not: write anything, run a program, or open a file by a path of more than one component below a tree's root.
 */
package cofre.walk;
