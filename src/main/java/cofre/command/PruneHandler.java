package cofre.command;

import cofre.config.RepositorySettings;
import cofre.config.UnusedLimit;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.JobFollower;
import cofre.daemon.Jobs;
import java.util.Optional;
import java.util.Set;

/** {@code prune}: gives back the room of what no restore point needs; with {@code dry_run} only tells what it would do. */
final class PruneHandler implements CommandHandler {
    private final OpenRepositories repositories;
    private final PruneJobs prunes;
    private final Jobs jobs;

    PruneHandler(OpenRepositories repositories, PruneJobs prunes, Jobs jobs) {
        this.repositories = repositories;
        this.prunes = prunes;
        this.jobs = jobs;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("repository", "dry_run", "max_unused"));
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        Optional<String> most = request.args().text("max_unused");
        Optional<UnusedLimit> limit = most.flatMap(UnusedLimit::parse);
        if (most.isPresent() && limit.isEmpty()) {
            throw new CommandException(
                    Exit.USAGE,
                    "cannot prune with --max-unused " + most.get() + ": that vs " + UnusedLimit.EXPECTED
                            + "; nothing was done");
        }
        long job = prunes.submit(settings, new PruneJobs.Wish(request.args().flag("dry_run"), limit, Optional.empty()));
        new JobFollower(jobs).follow(job, reply);
    }
}
