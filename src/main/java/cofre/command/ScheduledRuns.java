package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.RepositorySettings;
import cofre.config.ShareSettings;
import cofre.daemon.JobListener;
import cofre.daemon.JobState;
import cofre.daemon.JobView;
import cofre.daemon.Jobs;
import cofre.progress.Level;
import cofre.progress.ProgressReport;
import cofre.schedule.Due;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins what is due, on a thread of its own that looks once a second. Shares due together are one run, and so one moment. */
public final class ScheduledRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledRuns.class);

    private final Supplier<CofreConfig> config;
    private final Scheduling scheduling;
    private final Jobs jobs;
    private final BackupJobs backups;
    private final CheckJobs checks;
    private final ScheduledExecutorService thread;
    private volatile Future<?> looking = CompletableFuture.completedFuture(null);
    private volatile boolean closing;

    /** With what runs need, out of all that commands work with. */
    public ScheduledRuns(Commands.Parts parts) {
        this.config = parts.config();
        this.scheduling = parts.scheduling();
        this.jobs = parts.jobs();
        this.backups = new BackupJobs(new ShareBackups(parts, new RepositoryWatch(parts.memories())), parts.jobs());
        this.checks = new CheckJobs(parts);
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
            begin(scheduling.look());
        } catch (RuntimeException | Error e) {
            // Whatever it is: without this thread nothing would be backed up any more, and nobody would notice.
            LOG.error("event=schedule_broken", e);
        }
    }

    private void begin(List<Due> due) {
        CofreConfig now = config.get();
        Map<ShareSettings, RepositorySettings> shares = new LinkedHashMap<>();
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
            Optional<ShareSettings> share = share(now, one.task());
            Optional<RepositorySettings> check = check(now, one.task());
            share.ifPresent(found -> shares.put(found, now.repositoryOf(found)));
            check.ifPresent(found -> follow(checks.submitDue(found), List.of(one.task())));
            if (share.isEmpty() && check.isEmpty()) {
                scheduling.ended(one.task()); // the configuration has changed since it was looked at
            }
        }
        if (!shares.isEmpty()) {
            List<String> tasks = new ArrayList<>();
            shares.keySet().forEach(share -> tasks.add(Scheduling.backup(share.name())));
            follow(backups.submit(shares, Optional.empty()), tasks);
        }
    }

    private static Optional<ShareSettings> share(CofreConfig config, String task) {
        return config.shares().values().stream()
                .filter(share -> Scheduling.backup(share.name()).equals(task))
                .findFirst();
    }

    private static Optional<RepositorySettings> check(CofreConfig config, String task) {
        return config.repositories().values().stream()
                .filter(repository -> Scheduling.check(repository.name()).equals(task))
                .findFirst();
    }

    private void follow(long job, List<String> tasks) {
        jobs.listen(job, new JobListener() {
            @Override
            public void progress(ProgressReport report) {}

            @Override
            public void message(Level level, String text) {}

            @Override
            public void ended(JobView view) {
                boolean stopped = closing && view.state() == JobState.CANCELLED;
                tasks.forEach(stopped ? scheduling::stopped : scheduling::ended);
            }
        });
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
