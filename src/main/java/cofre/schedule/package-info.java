/**
 * When something is to be done by itself: pure, without a clock of its own.
 *
 * <p>Words: a <em>schedule</em> is a rule that names <em>due times</em>, whole minutes of the clock on the wall. A
 * <em>task</em> is a name with a schedule. The <em>agenda</em> says which tasks are to be begun now. A task's
 * <em>standing</em> is up to when its due times have been dealt with: what is due later has still to be done, however long
 * nobody looked. <em>Jitter</em> is a delay that keeps many hosts with one schedule from coming in the same second.
 *
 * <p>Lives here: {@link cofre.schedule.Schedule}, {@link cofre.schedule.Agenda}. Cron expressions are read, and their times
 * are found on a calendar without time zone, by cron-utils; what clocks set forward and back make of them is said here.
 *
 * <p>May use: cron-utils.
 *
 * <p>Must not: do anything, or look at a clock: who asks says what time it is.
 */
package cofre.schedule;
