/**
 * What may go, and when.
 *
 * <p>Words: a blob is <em>used</em> when a restore point needs it; of several copies of a used blob one is <em>kept</em>.
 * A pack is <em>dropped</em> when the index stops naming it, and <em>deleted</em> only later: until then it is
 * <em>waiting</em>, and the <em>grace</em> is how long it waits at least. A pack is <em>refused</em> when something about
 * it is not as it should be: it stays as it is.
 *
 * <p>Lives here: {@link cofre.repository.prune.PrunePlan}, which decides and changes nothing; {@link
 * cofre.repository.prune.UsedBlobs} and {@link cofre.repository.prune.PackTally}, from which it decides; {@link
 * cofre.repository.prune.GraceList}, which packs wait; {@link cofre.repository.prune.IndexFiles}, which writes the index
 * without what is dropped. docs/adr/0014 says why it is done so.
 *
 * <p>May use: format, seal, storage, repository.index. Closed to everybody outside {@code repository}, but for plans.
 *
 * <p>Must not: delete anything, or look at a clock.
 */
package cofre.repository.prune;
