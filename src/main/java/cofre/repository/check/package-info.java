/**
 * Is everything there, and is it what it must be?
 *
 * <p>Words: a <em>finding</em> is one thing worth knowing, with how bad it is and what can be done. The <em>structure</em>
 * is everything but the content of data blobs: records, indexes, trees, and that every pack is there with its length.
 *
 * <p>Lives here: {@link cofre.repository.check.StructureCheck}, {@link cofre.repository.check.DataCheck} and {@link
 * cofre.repository.check.Finding}.
 *
 * <p>May use: format, seal, storage, progress, and the room {@code index}. Closed to everybody outside
 * {@code repository}, but for findings.
 *
 * <p>Must not: change anything.
 */
package cofre.repository.check;
