package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.JobFollower;
import cofre.daemon.Jobs;
import cofre.repository.check.ReadChoice;
import java.util.Optional;
import java.util.Set;

/**
 * {@code check}: is every restore point whole? With {@code read_data} every stored byte is read and verified, with {@code
 * read_data_subset} a part of them.
 */
final class CheckHandler implements CommandHandler {
    private final OpenRepositories repositories;
    private final Jobs jobs;
    private final CheckJobs checks;

    CheckHandler(Commands.Parts parts) {
        this.repositories = parts.repositories();
        this.jobs = parts.jobs();
        this.checks = new CheckJobs(parts);
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("repository", "read_data", "read_data_subset"));
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        long job = checks.submit(settings, choice(request));
        new JobFollower(jobs).follow(job, reply);
    }

    private static ReadChoice choice(ControlRequest request) throws CommandException {
        Optional<String> subset = request.args().text("read_data_subset");
        boolean all = request.args().flag("read_data");
        if (subset.isEmpty()) {
            return all ? new ReadChoice.All() : new ReadChoice.None();
        }
        if (all) {
            throw new CommandException(
                    Exit.USAGE, "cannot read all data and a part of it: --read-data or --read-data-subset, not both");
        }
        return ReadChoice.parse(subset.get())
                .orElseThrow(() -> new CommandException(
                        Exit.USAGE,
                        "cannot read a part of the data: \"" + subset.get() + "\" vs " + ReadChoice.EXPECTED));
    }
}
