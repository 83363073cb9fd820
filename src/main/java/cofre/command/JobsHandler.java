package cofre.command;

import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.JobView;
import cofre.daemon.Jobs;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code jobs}: what runs, what waits, and what ran, the newest first, as far back as the history goes. */
final class JobsHandler implements CommandHandler {
    private final Jobs jobs;

    JobsHandler(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of());
        List<JobView> all = jobs.list();
        for (JobView job : all) {
            reply.item(StatusHandler.job(job));
        }
        long alive = all.stream().filter(job -> !job.state().isEnd()).count();
        reply.result(Exit.OK, Map.of("jobs", all.size(), "alive", alive));
    }
}
