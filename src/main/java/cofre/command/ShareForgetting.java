package cofre.command;

import cofre.backup.BackupRun;
import cofre.config.ForgetCare;
import cofre.config.RepositorySettings;
import cofre.config.ShareSettings;
import cofre.control.Exit;
import cofre.daemon.JobOutcome;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.retention.Guard;
import cofre.state.ShareMemory;
import cofre.storage.BackendException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Forgets restore points of shares, repository by repository. Thread-safe. */
final class ShareForgetting {
    /**
     * What came of it.
     *
     * @param rows a row for each restore point
     * @param outcome the sums, and why something was refused
     */
    record Result(List<Map<String, Object>> rows, JobOutcome outcome) {}

    /** What a policy drops in a few days of backups after each other: of few points one is many percent. */
    private static final int MAY_ALWAYS_GO = 10;

    private final OpenRepositories repositories;
    private final Memories memories;
    private final RepositoryWatch watch;
    private final ShareUpkeep upkeep;
    private final Function<Repository, BackupRun.Tools> tools;

    /** With what is needed out of all that commands work with. */
    ShareForgetting(Commands.Parts parts, RepositoryWatch watch) {
        this.watch = watch;
        this.upkeep = parts.upkeep();
        this.repositories = parts.repositories();
        this.memories = parts.memories();
        this.tools = parts.tools();
    }

    /** What would be done; for somebody who waits. */
    Result plan(Map<RepositorySettings, List<ShareSettings>> places, boolean isForced, Progress progress)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        Sums sums = new Sums(true);
        for (Map.Entry<RepositorySettings, List<ShareSettings>> place : places.entrySet()) {
            Repository repository = repositories.sessionNow(place.getKey());
            ForgetRun run = run(place.getKey(), repository, isForced, progress);
            run.plan(owners(place.getValue(), repository));
            sums.add(run);
        }
        return sums.result();
    }

    /**
     * Does it. When a repository fails, the ones before it have been dealt with.
     *
     * @param isForced whether it is done although it looks odd
     */
    Result remove(Map<RepositorySettings, List<ShareSettings>> places, boolean isForced, Progress progress)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        Sums sums = new Sums(false);
        for (Map.Entry<RepositorySettings, List<ShareSettings>> place : places.entrySet()) {
            Repository repository = repositories.session(place.getKey(), progress);
            watch.refuseUnrecognised(place.getKey(), repository, progress);
            ForgetRun run = run(place.getKey(), repository, isForced, progress);
            try {
                run.remove(owners(place.getValue(), repository));
            } finally {
                upkeep.pointsChanged(place.getKey().name());
            }
            sums.add(run);
        }
        return sums.result();
    }

    private ForgetRun run(RepositorySettings settings, Repository repository, boolean isForced, Progress progress) {
        ForgetCare care = settings.care().forget();
        Guard guard = isForced ? Guard.ONLY_ALL : new Guard(care.most(), MAY_ALWAYS_GO, Optional.of(care.newest()));
        ForgetRun.Bin bin = new ForgetRun.Bin(memories.trash(repository.config().id(), care.trash()), watch);
        Instant now = tools.apply(repository).clock().instant();
        return new ForgetRun(settings, repository, bin, guard, progress, now);
    }

    private Map<ShareSettings, ForgetPlans.Owner> owners(List<ShareSettings> shares, Repository repository) {
        String host = tools.apply(repository).origin().hostname();
        Map<ShareSettings, ForgetPlans.Owner> owners = new LinkedHashMap<>();
        shares.forEach(share -> owners.put(
                share,
                new ForgetPlans.Owner(
                        host,
                        memories.last(share.name())
                                .filter(last -> Sources.isZfs(share))
                                .map(ShareMemory.LastPoint::source))));
        return owners;
    }

    /** The sums of several repositories. For one thread. */
    private static final class Sums {
        private final List<Map<String, Object>> rows = new ArrayList<>();
        private final Map<String, Object> data = new LinkedHashMap<>();
        private int exit = Exit.OK;

        Sums(boolean dryRun) {
            data.put("dry_run", dryRun);
            data.put("kept", 0);
            data.put("dropped", 0);
            data.put("removed", 0);
        }

        void add(ForgetRun run) {
            rows.addAll(run.rows());
            data.merge("kept", run.kept(), Sums::sum);
            data.merge("dropped", run.dropped(), Sums::sum);
            data.merge("removed", run.removed(), Sums::sum);
            for (String refusal : run.refusals()) {
                data.putIfAbsent(JobOutcome.FAILURE, refusal);
                exit = Exit.FAILED;
            }
        }

        private static Object sum(Object a, Object b) {
            return (Integer) a + (Integer) b;
        }

        Result result() {
            return new Result(List.copyOf(rows), new JobOutcome(exit, data));
        }
    }
}
