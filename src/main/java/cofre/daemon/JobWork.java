package cofre.daemon;

import cofre.progress.Progress;

/** The work of a job. */
@FunctionalInterface
public interface JobWork {
    /**
     * Does it, on a thread of its own, which is interrupted when the job is cancelled; then this returns soon, by {@link
     * InterruptedException} or in any other way, with nothing left half done.
     *
     * @throws JobException for what people can understand; anything else is logged as a fault of ours
     */
    JobOutcome run(Progress progress) throws JobException, InterruptedException;
}
