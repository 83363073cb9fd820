/**
 * The engine: a restic repository that can be opened, read and added to.
 *
 * <p>Words: to <em>open</em> a repository is to get its master key with a password; to <em>save</em> a blob is to put it
 * into a pack unless it is there already; to <em>flush</em> is to have every pack and then every index file on the
 * store's stable storage, after which a snapshot may name the blobs.
 *
 * <p>Order of writing, asserted by tests: packs, then the index that names them, then the snapshot. Order of reading:
 * snapshots first, then the index.
 *
 * <p>Lives here: {@link cofre.repository.Repository}, the front door; {@link cofre.repository.BlobReader} and {@link
 * cofre.repository.BlobSink}; the one family of errors, {@link cofre.repository.RepositoryException}. The rooms below
 * ({@code index}, {@code pack}, {@code lock}, {@code check}, {@code prune}) are closed to everybody else.
 *
 * <p>May use: path (to show names), format, seal, storage, chunk, progress, SLF4J.
 *
 * <p>Must not: know where files come from or go to.
 */
package cofre.repository;
