package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.JobFollower;
import cofre.daemon.JobSpec;
import cofre.daemon.Jobs;
import java.util.List;
import java.util.Set;

/** {@code undelete}: brings forgotten restore points back. */
final class UndeleteHandler implements CommandHandler {
    private final OpenRepositories repositories;
    private final Undelete undelete;
    private final Jobs jobs;

    UndeleteHandler(OpenRepositories repositories, Undelete undelete, Jobs jobs) {
        this.repositories = repositories;
        this.undelete = undelete;
        this.jobs = jobs;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("points", "repository"));
        List<String> points = request.args().texts("points");
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        if (points.isEmpty()) {
            throw new CommandException(
                    Exit.USAGE,
                    "cannot bring back: no restore point named vs at least one; see cofre points --forgotten");
        }
        long job = jobs.submit(
                new JobSpec("undelete", String.join(" ", points), Set.of("repository:" + settings.name())),
                progress -> Failures.inJob(() -> undelete.run(settings, points, progress)));
        new JobFollower(jobs).follow(job, reply);
    }
}
