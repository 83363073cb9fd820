/**
 * Versions as a read-only file system, by the kernel's FUSE protocol.
 *
 * <p>Words: a <em>request</em> comes out of the device, has a number (<em>unique</em>) and is <em>answered</em> exactly once,
 * or never if it is of those that want no answer. A <em>node</em> is a spot the kernel remembers, under a number of ours; it
 * <em>forgets</em> as many times as it was told. A <em>handle</em> is something opened. The <em>gate</em> asks whether the
 * caller may, where the kernel does not do so itself ({@link cofre.fuse.AccessMode}).
 *
 * <p>Lives here: {@link cofre.fuse.FuseServer}, which serves a {@link cofre.browse.VersionTree} at one mount point; the
 * protocol's structures, read and written at explicit offsets; deadlines and the watchdog that keeps them.
 *
 * <p>May use: acl, browse, path, posix, progress, SLF4J.
 *
 * <p>Must not: write anything anywhere; let a request wait for ever; know what a repository or a share is.
 */
package cofre.fuse;
