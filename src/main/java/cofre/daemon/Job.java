package cofre.daemon;

import cofre.control.Exit;
import cofre.progress.Level;
import cofre.progress.ProgressReport;
import cofre.progress.Ticker;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job and all that is known of it. Thread-safe. */
final class Job {
    private static final Logger LOG = LoggerFactory.getLogger(Job.class);

    /** Enough to see what is wrong; a run over a broken disk tells millions. */
    private static final int MAX_MESSAGES = 100;

    final long id;
    final JobSpec spec;
    private final JobWork work;
    private final Instant queued;
    private final List<JobListener> listeners = new ArrayList<>();
    private final ArrayDeque<JobMessage> messages = new ArrayDeque<>();
    private JobState state = JobState.QUEUED;
    private Instant started;
    private Instant ended;
    private JobProgress progress;
    private Thread thread;
    private boolean cancelAsked;
    private long warnings;
    private int exit;
    private String error = "";
    private Map<String, Object> data = Map.of();

    Job(long id, JobSpec spec, JobWork work, Instant queued) {
        this.id = id;
        this.spec = spec;
        this.work = work;
        this.queued = queued;
    }

    Set<String> keys() {
        return spec.keys();
    }

    synchronized void begin(Instant now, Ticker ticker, Thread runner) {
        state = JobState.RUNNING;
        started = now;
        thread = runner;
        progress = new JobProgress(ticker, this::tell);
    }

    /** Does the work on the calling thread and notes what came of it; never throws. */
    void run() {
        try {
            done(work.run(progress()));
        } catch (JobException e) {
            failed(e.exit(), e.getMessage());
        } catch (InterruptedException e) {
            failed(Exit.INTERRUPTED, "interrupted");
        } catch (RuntimeException | Error e) {
            LOG.error("event=job_broken job={}", id, e);
            failed(
                    Exit.FAILED,
                    "cannot go on: a fault of cofre itself (" + e.getClass().getSimpleName()
                            + "); the daemon's log says more");
        }
    }

    private synchronized JobProgress progress() {
        return progress;
    }

    synchronized boolean hasEnded() {
        return state.isEnd();
    }

    /** Asks the work to stop; false when it has not begun (then there is nothing to stop). */
    synchronized boolean interrupt() {
        cancelAsked = true;
        if (state != JobState.RUNNING) {
            return false;
        }
        thread.interrupt();
        return true;
    }

    private synchronized void done(JobOutcome outcome) {
        thread = null;
        state = JobState.DONE;
        exit = outcome.exit();
        data = outcome.data();
    }

    /** Ends the job after its work threw: as cancelled when that was asked for. */
    synchronized void failed(int newExit, String sentence) {
        thread = null;
        state = cancelAsked ? JobState.CANCELLED : JobState.FAILED;
        exit = cancelAsked ? Exit.INTERRUPTED : newExit;
        error = cancelAsked ? "cancelled" : sentence;
    }

    synchronized void endedAt(Instant now) {
        ended = now;
    }

    private void tell(JobMessage message) {
        synchronized (this) {
            if (message.level() != Level.INFO) {
                warnings++;
            }
            messages.add(message);
            if (messages.size() > MAX_MESSAGES) {
                messages.removeFirst();
            }
        }
        each(listener -> listener.message(message.level(), message.text()));
    }

    /** Adds a listener, which first hears what was told before; false, after {@code ended}, when the job has ended. */
    boolean listen(JobListener listener) {
        List<JobMessage> before;
        boolean alive;
        synchronized (this) {
            before = List.copyOf(messages);
            alive = ended == null;
            if (alive) {
                listeners.add(listener);
            }
        }
        before.forEach(m -> listener.message(m.level(), m.text()));
        if (!alive) {
            listener.ended(view());
        }
        return alive;
    }

    synchronized void unlisten(JobListener listener) {
        listeners.remove(listener);
    }

    /** Calls every listener, outside the lock: they may ask back. */
    void each(Consumer<JobListener> call) {
        List<JobListener> now;
        synchronized (this) {
            now = List.copyOf(listeners);
        }
        now.forEach(call);
    }

    synchronized JobView view() {
        ProgressReport report = progress == null ? ProgressReport.START : progress.report();
        return new JobView(
                id,
                spec.kind(),
                spec.title(),
                state,
                queued,
                Optional.ofNullable(started),
                Optional.ofNullable(ended),
                report,
                warnings,
                List.copyOf(messages),
                exit,
                error,
                data);
    }
}
