/**
 * What keeps running.
 *
 * <p>Words: a <em>job</em> is one piece of long work (a backup of a share, a check) with a number that is never used
 * again. Its <em>keys</em> name what it works on; two jobs with a key in common never run at the same time.
 *
 * <p>Lives here: {@link cofre.daemon.Jobs}, the queue; what jobs tell while they run and leave behind when they
 * end.
 *
 * <p>May use: progress, control, SLF4J; journeys are handed to it as {@link cofre.daemon.JobWork}.
 *
 * <p>Must not: know what any job does.
 */
package cofre.daemon;
