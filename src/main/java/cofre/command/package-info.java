/**
 * What the daemon does when it is asked.
 *
 * <p>Words: a <em>command</em> is one request of the control protocol; short ones are answered at once, long ones become
 * jobs. A share's <em>upkeep</em> is what follows a run and every start: holds, the number of own ZFS snapshots, the farm
 * of previous versions.
 *
 * <p>Lives here: one handler a command, {@link cofre.command.OpenRepositories}, {@link cofre.command.ShareBackups}, {@link
 * cofre.command.ShareUpkeep}, and {@link cofre.command.Failures}, which turns every family of errors into a sentence and
 * an exit status.
 *
 * <p>May use: control, config, change, daemon, the journeys backup and restore, repository, repository.check (its findings),
 * retention, schedule, sheet, state, previous, versions, source, zfs (its own
 * snapshots), storage (its errors), format, path, seal (passwords), posix, progress, SLF4J.
 *
 * <p>Must not: open a socket, parse a command line, or decide where anything is kept.
 */
package cofre.command;
