/**
 * Running another program and believing nothing of it that was not seen.
 *
 * <p>Words: a <em>program</em> is one executable by its absolute path; its <em>result</em> holds how it ended, its exit
 * status, what it wrote to both pipes and whether that was all.
 *
 * <p>Lives here: {@link cofre.process.Program}, {@link cofre.process.ProgramResult} and {@link cofre.process.OutputReader}. The only room that starts
 * processes.
 *
 * <p>May use: path.
 *
 * <p>Must not: use a shell, hand on its own environment, wait without a deadline, or know what the programs are for.
 */
package cofre.process;
