/**
 * Is everything there, and is it what it must be?
 *
 * <p>Words: a <em>finding</em> is one thing worth knowing, with how bad it is and what can be done. The <em>structure</em>
 * is everything but the content of data blobs: records, indexes, trees, and that every pack is there with its length. A
 * <em>slot</em> is one of the parts all packs are divided into by their names, which are read in turn.
 *
 * <p>Lives here: {@link cofre.repository.check.StructureCheck}, {@link cofre.repository.check.DataCheck}, {@link
 * cofre.repository.check.Finding}, and what was read when: {@link cofre.repository.check.ReadCoverage}.
 *
 * <p>May use: format, seal, storage, progress, and the room {@code index}. Closed to everybody outside
 * {@code repository}, but for findings and for what is read, and when.
 *
 * <p>Must not: change anything.
 */
package cofre.repository.check;
