/**
 * The port to the live side.
 *
 * <p>Words: a <em>source</em> is what one share is backed up from: a ZFS dataset, known by its guid, or a plain directory
 * for trying cofre out. To <em>freeze</em> a source is to get a view of it that no longer changes (a ZFS snapshot, held).
 * To <em>settle</em> it is to let go of older views once a newer one is safely in the repository.
 *
 * <p>Lives here: {@link cofre.source.SnapshotSource}, {@link cofre.source.SourceDir},
 * {@link cofre.source.TreeOpener} (how a source of frozen views gets to their files without system calls of its own) and
 * their one family of errors, {@link cofre.source.SourceException}.
 *
 * <p>May use: path, format.
 *
 * <p>Must not: run a program, make a system call, or know what becomes of the files.
 */
package cofre.source;
