/**
 * Restore points as read-only trees that can be looked at without restoring them.
 *
 * <p>Words: a <em>version</em> is one restore point of one share as users see it. A <em>spot</em> is one entry of the tree of
 * all versions: the top, a share, a version, or something below it. <em>Metadata</em> is everything but the content of
 * files; it is answered from local disk. A version is <em>ready</em> when all its metadata is there. An <em>archive</em> is one
 * repository as this room uses it.
 *
 * <p>Lives here: {@link cofre.browse.VersionTree}, the port a kernel adapter serves; {@link cofre.browse.Versions}, the engine
 * behind it: trees on local disk ({@code TreeStore}), brought there by {@code Prefetch}; content out of the store
 * ({@code Contents}); whether rights let somebody in ({@code Permission}).
 *
 * <p>May use: acl, format, path, progress, repository, storage, SLF4J.
 *
 * <p>Must not: write into a repository; know the operating system.
 */
package cofre.browse;
