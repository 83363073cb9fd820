package cofre.command;

import cofre.daemon.JobListener;
import cofre.daemon.JobState;
import cofre.daemon.JobView;
import cofre.daemon.Jobs;
import cofre.progress.Level;
import cofre.progress.ProgressReport;
import cofre.schedule.Due;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins what is due, on a thread of its own that looks once a second. */
public final class ScheduledRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledRuns.class);

    private static final int LOOKS_AN_HOUR = 3600;

    private final Scheduling scheduling;
    private final Jobs jobs;
    private final TaskJobs taskJobs;
    private final Memories memories;
    private final ScheduledExecutorService thread;
    private volatile Future<?> looking = CompletableFuture.completedFuture(null);
    private volatile boolean closing;
    private int looksToTimekeeping; // only the thread

    /** With what runs need, out of all that commands work with. */
    public ScheduledRuns(Commands.Parts parts) {
        this.scheduling = parts.scheduling();
        this.jobs = parts.jobs();
        this.memories = parts.memories();
        this.taskJobs = new TaskJobs(parts, new RepositoryWatch(parts.memories()));
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread own = new Thread(task, "schedule");
            own.setDaemon(true);
            return own;
        });
    }

    /** Begins to look. What became due while no daemon ran is begun at once. */
    public void start() {
        looking = thread.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            if (--looksToTimekeeping <= 0) {
                looksToTimekeeping = LOOKS_AN_HOUR;
                keepTime();
            }
            begin(scheduling.look());
        } catch (RuntimeException | Error e) {
            // Whatever it is: without this thread nothing would be backed up any more, and nobody would notice.
            LOG.error("event=schedule_broken", e);
        }
    }

    /** Points in the trash age while somebody looks. */
    private void keepTime() {
        try {
            memories.passed().now();
        } catch (IOException e) {
            LOG.warn("event=time_not_kept cause=\"{}\"", e.toString());
        }
    }

    private void begin(List<Due> due) {
        Set<String> tasks = new LinkedHashSet<>();
        for (Due one : due) {
            if (one.isGivenUp()) {
                LOG.error(
                        "event=schedule_given_up task={} due={} attempts={}",
                        one.task(),
                        one.time(),
                        one.attempt() - 1);
                continue;
            }
            LOG.info("event=schedule_due task={} due={} attempt={}", one.task(), one.time(), one.attempt());
            tasks.add(one.task());
        }
        for (TaskJobs.Begun begun : tasks.isEmpty() ? List.<TaskJobs.Begun>of() : taskJobs.begin(tasks)) {
            follow(begun.job(), begun.tasks());
            begun.tasks().forEach(tasks::remove);
        }
        tasks.forEach(scheduling::ended); // the configuration has changed since it was looked at
    }

    private void follow(long job, List<String> tasks) {
        jobs.listen(job, new JobListener() {
            @Override
            public void progress(ProgressReport report) {}

            @Override
            public void message(Level level, String text) {}

            @Override
            public void ended(JobView view) {
                if (closing && view.state() == JobState.CANCELLED) {
                    tasks.forEach(scheduling::stopped);
                } else {
                    Set<String> failed = Retries.of(view, tasks);
                    tasks.forEach(task -> end(task, failed.contains(task)));
                }
            }
        });
    }

    private void end(String task, boolean isFailed) {
        if (isFailed) {
            LOG.warn("event=schedule_failed task={}", task);
            scheduling.failed(task);
        } else {
            scheduling.ended(task);
        }
    }

    /** Begins nothing more. To be closed before the jobs are: those it began are then begun again by the next daemon. */
    @Override
    public void close() {
        closing = true;
        looking.cancel(false);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("event=schedule_left");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
