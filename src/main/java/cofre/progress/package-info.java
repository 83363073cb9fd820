/**
 * How long work tells what it is doing.
 *
 * <p>Words: a <em>phase</em> is a part of a run a person would name ("reading", "checking packs"). <em>Files</em> counts
 * things the phase is about, <em>bytes</em> their content; what is counted is the phase's choice, but total and done
 * count the same.
 *
 * <p>Lives here: {@link cofre.progress.Progress}, which journeys are given and talk to; {@link
 * cofre.progress.ProgressReport}, what a listener is shown; {@link cofre.progress.Ticker}, time for durations.
 *
 * <p>May use: the JDK.
 *
 * <p>Must not: know who listens, look at a clock, or do I/O.
 */
package cofre.progress;
