package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.RepositorySettings;
import cofre.config.ShareSettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.JobFollower;
import cofre.daemon.JobOutcome;
import cofre.daemon.Jobs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * {@code forget}: removes the restore points of the named shares, or of all that have a policy, that their policies do not
 * keep. Every point is told with the reasons; these are not kept in the history of jobs, which they would fill.
 */
final class ForgetHandler implements CommandHandler {
    private final Supplier<CofreConfig> config;
    private final ShareForgetting forgetting;
    private final Jobs jobs;

    ForgetHandler(Supplier<CofreConfig> config, ShareForgetting forgetting, Jobs jobs) {
        this.config = config;
        this.forgetting = forgetting;
        this.jobs = jobs;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("shares", "all", "dry_run", "force"));
        CofreConfig now = config.get();
        List<ShareSettings> shares = request.args().flag("all")
                ? all(now)
                : named(now, request.args().texts("shares"));
        Map<RepositorySettings, List<ShareSettings>> places = new LinkedHashMap<>();
        shares.forEach(share -> places.computeIfAbsent(now.repositoryOf(share), place -> new ArrayList<>())
                .add(share));
        if (request.args().flag("dry_run")) {
            plan(places, request.args().flag("force"), reply);
        } else {
            remove(places, request.args().flag("force"), reply);
        }
    }

    private void plan(Map<RepositorySettings, List<ShareSettings>> places, boolean isForced, ControlReply reply)
            throws CommandException, InterruptedException {
        ShareForgetting.Result result =
                Failures.inCommand(() -> forgetting.plan(places, isForced, new ReplyProgress(reply)));
        for (Map<String, Object> row : result.rows()) {
            reply.item(row);
        }
        JobOutcome outcome = result.outcome();
        if (outcome.data().get(JobOutcome.FAILURE) instanceof String failure) {
            throw new CommandException(outcome.exit(), failure);
        }
        reply.result(outcome.exit(), outcome.data());
    }

    private void remove(Map<RepositorySettings, List<ShareSettings>> places, boolean isForced, ControlReply reply)
            throws CommandException, InterruptedException {
        AtomicReference<List<Map<String, Object>>> rows = new AtomicReference<>(List.of());
        long job = new ForgetJobs(forgetting, jobs).submit(places, isForced, rows);
        new JobFollower(jobs).follow(job, reply, rows::get);
    }

    private static List<ShareSettings> all(CofreConfig config) throws CommandException {
        List<ShareSettings> shares = config.shares().values().stream()
                .filter(share -> share.keep().isPresent())
                .toList();
        if (shares.isEmpty()) {
            throw new CommandException(
                    Exit.FAILED,
                    "cannot forget restore points: no share has a policy vs at least one; nothing was removed; set keep"
                            + " in a [share.NAME], such as keep = { daily = 7, weekly = 4, monthly = 6 }");
        }
        return shares;
    }

    private static List<ShareSettings> named(CofreConfig config, List<String> names) throws CommandException {
        List<ShareSettings> shares = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            ShareSettings share = Shares.find(config, name);
            if (share.keep().isEmpty()) {
                throw new CommandException(
                        Exit.FAILED,
                        "cannot forget restore points of share " + name + ": no policy vs one; nothing was removed; set"
                                + " keep in [share." + name
                                + "], such as keep = { daily = 7, weekly = 4, monthly = 6 }");
            }
            shares.add(share);
        }
        if (shares.isEmpty()) {
            throw new CommandException(Exit.USAGE, "cannot forget: no share named vs at least one, or --all");
        }
        return shares;
    }
}
