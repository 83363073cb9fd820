/**
 * A model of the inside of a ZFS file system, good enough to prove incremental runs against.
 *
 * <p>Words: an <em>object</em> is what has a number: file, directory, ZFS's own bookkeeping. Objects lie in <em>dnode
 * blocks</em> of several, and a send stream tells of all in a block when one changed. A <em>txg</em> is the transaction
 * group something was written in; a <em>generation</em> is the txg an object was made in. The <em>remembered parent</em>
 * is the directory of the last link made, whether or not that link still is there.
 *
 * <p>Lives here: {@link cofre.testkit.zfs.ModelDataset} (a live tree and what may be done to it),
 * {@link cofre.testkit.zfs.ModelSnapshot}, the bytes of {@code zfs send} ({@link cofre.testkit.zfs.SendStream}), the text
 * of {@code zfs diff} with its flaws ({@link cofre.testkit.zfs.DiffText}) and with lies
 * ({@link cofre.testkit.zfs.DiffLie}), and random edits ({@link cofre.testkit.zfs.EditScripts}).
 *
 * <p>May use: source, path, format.
 *
 * <p>Must not: use what reads streams and diffs in the product: both would share a mistake.
 */
package cofre.testkit.zfs;
