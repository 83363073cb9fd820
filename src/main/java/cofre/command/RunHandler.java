package cofre.command;

import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.JobFollower;
import cofre.daemon.Jobs;
import java.util.List;
import java.util.Set;

/** {@code run}: does now what a schedule does, or would do, and changes nothing of when it does so next. */
final class RunHandler implements CommandHandler {
    private final TaskJobs tasks;
    private final Jobs jobs;

    RunHandler(TaskJobs tasks, Jobs jobs) {
        this.tasks = tasks;
        this.jobs = jobs;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("task"));
        String task = request.args().text("task").orElse("");
        List<TaskJobs.Begun> begun = tasks.begin(List.of(task));
        if (begun.isEmpty()) {
            throw new CommandException(
                    Exit.FAILED,
                    "cannot run task \"" + task
                            + "\": there is none, or nothing for it to do, vs share:NAME, local:NAME,"
                            + " check:REPOSITORY or forget:REPOSITORY; nothing was done; cofre status lists tasks");
        }
        new JobFollower(jobs).follow(begun.get(0).job(), reply);
    }
}
