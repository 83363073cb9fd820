package cofre.daemon;

/** Where a job is in its life; never goes back. */
public enum JobState {
    /** Waits for its keys, or for room. */
    QUEUED,
    RUNNING,
    /** Came to its end, perhaps with a status that says that not all went well. */
    DONE,
    FAILED,
    CANCELLED;

    /** Whether the job has ended. */
    public boolean isEnd() {
        return compareTo(DONE) >= 0;
    }
}
