/**
 * The command line.
 *
 * <p>Lives here: one class per command, which turns arguments into a request of the control protocol and its events into
 * text; how progress, tables and sizes look. All text people read is in {@code messages.properties}, but for what comes
 * from the daemon, which is escaped before it reaches a terminal.
 *
 * <p>May use: control, progress, path, picocli.
 *
 * <p>Must not: do any work itself, or know the engine: what runs without the daemon is handed in as {@link
 * cofre.cli.Launchers}.
 */
package cofre.cli;
