package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.ShareSettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.JobFollower;
import cofre.daemon.Jobs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** {@code snapshot}: ZFS snapshots of the named shares, or of all that have a dataset, that stay here and are not sent. */
final class SnapshotHandler implements CommandHandler {
    private final Supplier<CofreConfig> config;
    private final SnapshotJobs snapshots;
    private final Jobs jobs;

    SnapshotHandler(Supplier<CofreConfig> config, SnapshotJobs snapshots, Jobs jobs) {
        this.config = config;
        this.snapshots = snapshots;
        this.jobs = jobs;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("shares", "all"));
        CofreConfig now = config.get();
        List<ShareSettings> shares = request.args().flag("all")
                ? now.shares().values().stream().filter(Sources::isZfs).toList()
                : named(now, request.args().texts("shares"));
        if (shares.isEmpty()) {
            throw new CommandException(
                    Exit.FAILED, "cannot take snapshots: no share with a dataset vs at least one; nothing was done");
        }
        new JobFollower(jobs).follow(snapshots.submit(shares), reply);
    }

    private static List<ShareSettings> named(CofreConfig config, List<String> names) throws CommandException {
        List<ShareSettings> shares = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            ShareSettings share = Shares.find(config, name);
            if (!Sources.isZfs(share)) {
                throw new CommandException(
                        Exit.FAILED,
                        "cannot take a snapshot of share " + name
                                + ": a plain directory vs a dataset; nothing was done; run: cofre backup " + name);
            }
            shares.add(share);
        }
        if (shares.isEmpty()) {
            throw new CommandException(Exit.USAGE, "cannot take snapshots: no share named vs at least one, or --all");
        }
        return shares;
    }
}
