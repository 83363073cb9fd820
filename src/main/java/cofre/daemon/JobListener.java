package cofre.daemon;

import cofre.progress.Level;
import cofre.progress.ProgressReport;

/** Hears what a job tells. Called from several threads; must neither wait nor throw. */
public interface JobListener {
    /** How far the job has come; also while it is queued, so that a listener can find out that it talks to nobody. */
    void progress(ProgressReport report);

    /** A sentence of the job. */
    void message(Level level, String text);

    /** The job has ended; nothing follows. */
    void ended(JobView job);
}
