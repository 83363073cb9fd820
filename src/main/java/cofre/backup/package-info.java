/**
 * The journey from a frozen source to a restore point.
 *
 * <p>Words: a <em>run</em> makes one restore point of one share. The <em>parent</em> is the restore point a run compares
 * with, so that what did not change is not read again. An entry is <em>left out</em> when a rule excludes it or it cannot
 * be read; the latter is reported and makes the run incomplete.
 *
 * <p>Lives here: {@link cofre.backup.BackupRun}, which tells the journey step by step, and what it is made of.
 *
 * <p>May use: path, format, source, repository, chunk, change, progress, storage (its errors).
 *
 * <p>Must not: know ZFS, the operating system, or where the store is; believe that what it could not read is unchanged.
 */
package cofre.backup;
