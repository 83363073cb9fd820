/**
 * The journey from a restore point back to files, and reading restore points.
 *
 * <p>Words: the <em>target</em> is the directory restored into. A <em>partial</em> is a file under a temporary name that
 * is not whole yet; only whole files get their own names. A <em>lack</em> is metadata a target would not take. An entry
 * is <em>unchanged</em> when the target has it already, and <em>kept</em> when the rules say not to touch what is there.
 * The <em>share's root</em> in a point is the directory whose content was backed up: restic's trees keep the way to it.
 *
 * <p>Lives here: {@link cofre.restore.RestoreRun}, which tells the journey; the port {@link cofre.restore.RestoreTarget}
 * it writes to; {@link cofre.restore.PointFinder} and {@link cofre.restore.TreeBrowser} for looking.
 *
 * <p>May use: path, format, repository, progress, storage.
 *
 * <p>Must not: know the operating system; give a file its name before all of it is there; delete anything that is not in
 * the way of something restored.
 */
package cofre.restore;
