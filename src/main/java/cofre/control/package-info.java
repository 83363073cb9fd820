/**
 * The control socket: how the command line and the daemon talk.
 *
 * <p>Words: a <em>request</em> is one command with its arguments; the daemon answers with <em>events</em>, one JSON object
 * per line, the last of which is the <em>result</em>. The <em>caller</em> is who connected, by the kernel's word. To
 * <em>detach</em> is to stop listening: the work goes on. The protocol is written down in docs/protocol-control.txt.
 *
 * <p>Lives here: both ends ({@link cofre.control.ControlServer}, {@link cofre.control.ControlClient}), the events, the
 * bounds on everything that comes in, and the interfaces a command is written against ({@link
 * cofre.control.CommandHandler}, {@link cofre.control.ControlReply}).
 *
 * <p>May use: progress, path, posix, Jackson (its streaming half), SLF4J.
 *
 * <p>Must not: know what any command does.
 */
package cofre.control;
