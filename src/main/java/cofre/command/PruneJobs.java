package cofre.command;

import cofre.config.PruneCare;
import cofre.config.RepositorySettings;
import cofre.config.UnusedLimit;
import cofre.daemon.JobOutcome;
import cofre.daemon.JobSpec;
import cofre.daemon.Jobs;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.progress.Ticker;
import cofre.repository.PruneOptions;
import cofre.repository.PruneReport;
import cofre.repository.PruneRun;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Prunes of repositories as jobs, whoever asks for them: the one place where they are made. Backups of the same repository go
 * on meanwhile; another prune of it waits. Thread-safe.
 */
final class PruneJobs {
    /**
     * What is asked for.
     *
     * @param dryRun whether it is only told what would be done
     * @param maxUnused how much may stay unused, where not as configured
     * @param window after how long it stops; empty: when it is done
     */
    record Wish(boolean dryRun, Optional<UnusedLimit> maxUnused, Optional<Duration> window) {}

    private final OpenRepositories repositories;
    private final Memories memories;
    private final RepositoryWatch watch;
    private final Jobs jobs;

    /** With what is needed out of all that commands work with. */
    PruneJobs(Commands.Parts parts, RepositoryWatch watch) {
        this.repositories = parts.repositories();
        this.memories = parts.memories();
        this.jobs = parts.jobs();
        this.watch = watch;
    }

    /** Queues one; gives the job's number. */
    long submit(RepositorySettings settings, Wish wish) {
        String title = settings.name() + (wish.dryRun() ? ", dry run" : "");
        // Not the key that backups have: they need not wait.
        JobSpec spec = new JobSpec("prune", title, Set.of("prune:" + settings.name()));
        return jobs.submit(
                spec,
                progress -> Failures.inJob(
                        () -> wish.dryRun() ? look(settings, wish, progress) : prune(settings, wish, progress)));
    }

    /** Queues the one that is due by the schedule. */
    long submitDue(RepositorySettings settings) {
        return submit(
                settings,
                new Wish(
                        false,
                        Optional.empty(),
                        Optional.of(settings.care().prune().window())));
    }

    private JobOutcome look(RepositorySettings settings, Wish wish, Progress progress)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        Repository repository = repositories.session(settings, progress);
        return PruneAnswers.of(
                settings, run(settings, repository, wish, progress).outlook());
    }

    private JobOutcome prune(RepositorySettings settings, Wish wish, Progress progress)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        return repositories.maintain(settings, progress, repository -> {
            watch.refuseUnrecognised(settings, repository, progress);
            StoppablePrune prune =
                    new StoppablePrune(run(settings, repository, wish, progress), Ticker.SYSTEM, wish.window());
            PruneReport report = prune.run();
            if (!report.unfinished().isEmpty()) {
                progress.message(Level.WARNING, "not all was done: " + report.unfinished());
            }
            return PruneAnswers.of(settings, report, prune.why());
        });
    }

    private PruneRun run(RepositorySettings settings, Repository repository, Wish wish, Progress progress) {
        return new PruneRun(
                repository,
                options(settings.care().prune(), repository, wish),
                memories.prune(repository.config().id(), progress),
                new ForgottenPoints(settings, repository, memories, wish.dryRun(), progress),
                progress);
    }

    private static PruneOptions options(PruneCare care, Repository repository, Wish wish) {
        PruneOptions options = PruneOptions.of(repository).withGrace(care.grace());
        UnusedLimit limit = wish.maxUnused().orElse(care.maxUnused());
        if (limit instanceof UnusedLimit.Percent share) {
            return options.leavingPercent(share.percent());
        }
        return limit instanceof UnusedLimit.Bytes size ? options.leavingBytes(size.bytes()) : options.leavingAll();
    }
}
