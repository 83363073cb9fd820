package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.daemon.JobFollower;
import cofre.daemon.Jobs;
import java.util.Set;

/** {@code check}: is every restore point whole? With {@code read_data} every stored byte is read and verified. */
final class CheckHandler implements CommandHandler {
    private final OpenRepositories repositories;
    private final Jobs jobs;
    private final CheckJobs checks;

    CheckHandler(OpenRepositories repositories, Jobs jobs) {
        this.repositories = repositories;
        this.jobs = jobs;
        this.checks = new CheckJobs(repositories, jobs);
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("repository", "read_data"));
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        long job = checks.submit(settings, request.args().flag("read_data"));
        new JobFollower(jobs).follow(job, reply);
    }
}
