package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.RepositorySettings;
import cofre.config.ShareSettings;
import cofre.config.ShareSource;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.JobCodec;
import cofre.daemon.JobOutcome;
import cofre.daemon.JobView;
import cofre.daemon.Jobs;
import cofre.progress.Progress;
import cofre.schedule.Task;
import cofre.state.ShareMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@code status}: is everything backed up, and what is going on? Asks neither ZFS nor a store, so it always answers. */
final class StatusHandler implements CommandHandler {
    /** A page of them; the history has more. */
    private static final int ENDED_JOBS = 20;

    private final Supplier<CofreConfig> config;
    private final Memories memories;
    private final RepositoryWatch watch;
    private final Jobs jobs;
    private final Scheduling scheduling;
    private final ShareUpkeep upkeep;
    private final Commands.Daemon daemon;

    StatusHandler(
            Supplier<CofreConfig> config,
            Memories memories,
            RepositoryWatch watch,
            Jobs jobs,
            Scheduling scheduling,
            ShareUpkeep upkeep,
            Commands.Daemon daemon) {
        this.watch = watch;
        this.upkeep = upkeep;
        this.config = config;
        this.memories = memories;
        this.jobs = jobs;
        this.scheduling = scheduling;
        this.daemon = daemon;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException {
        request.args().allowOnly(Set.of());
        List<Map<String, Object>> shares = new ArrayList<>();
        config.get().shares().values().forEach(share -> shares.add(share(share)));
        List<Map<String, Object>> rows = new ArrayList<>();
        shown().forEach(job -> rows.add(job(job)));
        Map<String, Object> data = new LinkedHashMap<>(daemon.facts());
        data.put("pid", daemon.pid());
        data.put("since", daemon.since().toString());
        data.put("shares", shares);
        List<Map<String, Object>> repositories = new ArrayList<>();
        config.get().repositories().values().forEach(each -> repositories.add(repository(each)));
        data.put("repositories", repositories);
        data.put("jobs", rows);
        List<Map<String, Object>> tasks = new ArrayList<>();
        scheduling.tasks().forEach(task -> tasks.add(task(task)));
        data.put("schedules", tasks);
        data.put("paused", scheduling.pauses().all());
        reply.result(Exit.OK, data);
    }

    /** All that run or wait, and the newest of those that ended. */
    private List<JobView> shown() {
        List<JobView> all = jobs.list();
        long alive = all.stream().filter(job -> !job.state().isEnd()).count();
        return all.subList(0, (int) Math.min(all.size(), alive + ENDED_JOBS));
    }

    private Map<String, Object> repository(RepositorySettings settings) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("repository", settings.name());
        watch.known(settings, Progress.NONE).ifPresent(known -> {
            row.put("id", known.id().hex());
            row.put("own_points", known.points().size());
            row.put("seen", known.seen().toString());
            row.put("recognised", known.alarm().isEmpty());
            row.put("note", known.alarm());
            health(settings, memories.health(known.id()), row);
        });
        return row;
    }

    private static void health(RepositorySettings settings, RepositoryHealth health, Map<String, Object> row) {
        health.lastCheck().ifPresent(check -> {
            row.put("checked", check.time().toString());
            row.put("errors", check.damages());
            row.put("first_error", check.first());
        });
        row.put("bad_copies", health.badCount());
        Duration within = settings.care().checkDataWithin();
        health.storedCoverage().ifPresent(coverage -> {
            row.put("data_oldest", coverage.oldest().map(Instant::toString).orElse(""));
            row.put("data_within_days", within.toDays());
            row.put("data_percent", within.isZero() ? 0 : coverage.percentWithin(within));
        });
    }

    private Map<String, Object> task(Task task) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("task", task.name());
        row.put("schedule", task.schedule().toString());
        row.put("next", scheduling.next(task.name()).map(Instant::toString).orElse(""));
        row.put("paused", scheduling.pauses().holds(task.name()));
        return row;
    }

    private Map<String, Object> share(ShareSettings share) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("share", share.name());
        row.put(
                "source",
                share.source() instanceof ShareSource.Dataset dataset
                        ? "dataset " + dataset.dataset()
                        : "directory " + ((ShareSource.Directory) share.source()).path());
        row.put("repository", share.repository());
        Optional<ShareMemory.LastPoint> last = memories.last(share.name());
        last.ifPresent(point -> {
            row.put("newest", point.time().toString());
            row.put("point", point.point());
            row.put("view", point.view());
            row.put(
                    "base",
                    point.viewId().isEmpty()
                            ? ""
                            : point.view().substring(point.view().indexOf('@') + 1));
            row.put(
                    "method",
                    DetectionMemory.detection(point.detection()).method().text());
            row.put("why", point.detection().why());
            row.put(
                    "audited",
                    point.detection().lastAudit().map(Instant::toString).orElse(""));
            row.put("missed", point.detection().missed());
        });
        upkeep.local(share.name()).ifPresent(local -> {
            row.put("local", local.count());
            row.put("local_newest", local.newest().toString());
        });
        row.put("note", alarm(share).orElseGet(() -> note(share, last)));
        return row;
    }

    private Optional<String> alarm(ShareSettings share) {
        return watch.known(config.get().repositoryOf(share), Progress.NONE)
                .filter(known -> !known.alarm().isEmpty())
                .map(known -> "not backed up: repository " + share.repository() + ": " + known.alarm()
                        + "; see cofre accept");
    }

    private static String note(ShareSettings share, Optional<ShareMemory.LastPoint> last) {
        String consistency = Sources.isZfs(share) ? "" : "plain directory: no snapshot, not one moment's view";
        if (last.isPresent()) {
            String distrust = last.get().detection().distrust();
            return distrust.isEmpty()
                    ? consistency
                    : distrust + "; everything is looked at until: cofre trust " + share.name();
        }
        return consistency.isEmpty() ? "no restore point yet" : "no restore point yet; " + consistency;
    }

    /** As the history has it, without what would make a page of it: that is told to whoever follows the job. */
    static Map<String, Object> job(JobView job) {
        Map<String, Object> row = JobCodec.toJson(job);
        row.remove("messages");
        Object data = row.remove("data");
        if (job.error().isEmpty() && data instanceof Map<?, ?> told) {
            Object failure = told.get(JobOutcome.FAILURE);
            row.put("error", failure != null ? failure : incomplete(job));
        }
        return row;
    }

    private static String incomplete(JobView job) {
        return job.exit() == Exit.INCOMPLETE ? "done, but not with all files: exit status 3" : "";
    }
}
