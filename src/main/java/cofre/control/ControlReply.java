package cofre.control;

import cofre.progress.Level;
import cofre.progress.ProgressReport;
import java.util.Map;

/**
 * The answer to one request while it is given. All methods may be called from any thread; none fails because the caller
 * is gone or does not read. JSON values are text, {@link Long} or {@link Integer}, {@link Double}, {@link Boolean}, lists
 * and maps of these; text is sent as it is, and shown escaped by whoever shows it.
 */
public interface ControlReply {
    /** Tells the caller that its work is job {@code job}. */
    void accepted(long job);

    /** Tells how far the work has come. Never waits; only the newest counts. */
    void progress(ProgressReport report);

    /** Tells the caller something in a sentence. Never waits. */
    void message(Level level, String text);

    /**
     * Gives one row of a listing. Waits while the caller does not keep up, so only the handler's own thread may call it.
     *
     * @throws InterruptedException when the caller is gone
     */
    void item(Map<String, ?> row) throws InterruptedException;

    /** Ends the answer; what comes later is dropped. */
    void result(int exit, Map<String, ?> data);

    /** What to do, instead of interrupting the handler, when the caller cancels; run at once when it already has. */
    void onCancel(Runnable action);

    /** What to do, instead of interrupting the handler, when the caller is gone; run at once when it already is. */
    void onDetach(Runnable action);
}
