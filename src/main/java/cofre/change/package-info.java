/**
 * Which objects changed since the last restore point, and which directories hold them.
 *
 * <p>Words: an <em>object</em> is a file, directory or anything else with an inode, known by its number. The
 * <em>catalogue</em> of a share keeps, outside the share, what every object was as of its last restore point: the
 * directories that name it, and its ctime. An object is a <em>neighbour</em> when a stream tells of it only because it lies
 * beside one that changed. A <em>stranger</em> is a changed object the catalogue does not know: one made since, or one
 * outside the share. Every stranger must be <em>accounted for</em> in the end; when one is not, the share has to be walked.
 *
 * <p>Lives here: {@link cofre.change.Collector}, which hears changes, {@link cofre.change.DirectoryClosure}, which turns
 * them into the directories to visit, {@link cofre.change.Accounting}, which proves that nothing was passed over, and
 * {@link cofre.change.Catalogue} with its files. All of it can be lost without losing a restore point.
 *
 * <p>May use: path, source.
 *
 * <p>Must not: reason from what a catalogue says when its point, its view or a checksum does not match.
 */
package cofre.change;
