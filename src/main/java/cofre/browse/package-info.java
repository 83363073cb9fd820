/**
 * Restore points as read-only trees that can be looked at without restoring them.
 *
 * <p>Words: a <em>version</em> is one restore point of one share as users see it. A <em>spot</em> is one entry of the tree of
 * all versions: the top, a share, a version, or something below it. <em>Metadata</em> is everything but the content of
 * files; it is answered from local disk.
 *
 * <p>Lives here: {@link cofre.browse.VersionTree}, the port a kernel adapter serves.
 *
 * <p>May use: acl, path.
 *
 * <p>Must not: write into a repository; know the operating system.
 */
package cofre.browse;
