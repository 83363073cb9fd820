/**
 * Where every blob lies.
 *
 * <p>Lives here: {@link cofre.repository.index.BlobIndex}, the table of all blobs of a repository in memory, {@link
 * cofre.repository.index.IndexLoader}, which fills it from the index files, and {@link
 * cofre.repository.index.IndexWriter}, which writes new ones.
 *
 * <p>May use: format, seal, storage. Closed to everybody outside {@code repository}.
 *
 * <p>Must not: read packs, or decide what is still needed.
 */
package cofre.repository.index;
