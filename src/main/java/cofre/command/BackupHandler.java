package cofre.command;

import cofre.backup.DetectionRules;
import cofre.config.CofreConfig;
import cofre.config.RepositorySettings;
import cofre.config.ShareSettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlArgs;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.JobFollower;
import cofre.daemon.Jobs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@code backup}: restore points of the named shares, or of all, as one job. */
final class BackupHandler implements CommandHandler {
    private final Supplier<CofreConfig> config;
    private final BackupJobs backups;
    private final Jobs jobs;

    BackupHandler(Supplier<CofreConfig> config, BackupJobs backups, Jobs jobs) {
        this.config = config;
        this.backups = backups;
        this.jobs = jobs;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("shares", "all", "walk", "audit"));
        Optional<DetectionRules.Wanted> wanted = wanted(request.args());
        CofreConfig now = config.get();
        Map<ShareSettings, RepositorySettings> shares = request.args().flag("all")
                ? all(now)
                : named(now, request.args().texts("shares"));
        long job = backups.submit(shares, wanted);
        new JobFollower(jobs).follow(job, reply);
    }

    private static Optional<DetectionRules.Wanted> wanted(ControlArgs args) throws CommandException {
        if (args.flag("walk") && args.flag("audit")) {
            throw new CommandException(
                    Exit.USAGE, "cannot back up: walk and audit vs one of them; an audit is a walk, and compares");
        }
        if (args.flag("audit")) {
            return Optional.of(DetectionRules.Wanted.AUDIT);
        }
        return args.flag("walk") ? Optional.of(DetectionRules.Wanted.WALK) : Optional.empty();
    }

    private static Map<ShareSettings, RepositorySettings> all(CofreConfig config) throws CommandException {
        if (config.shares().isEmpty()) {
            throw new CommandException(
                    Exit.FAILED, "cannot back up: the configuration has no share vs at least one; add a [share.NAME]");
        }
        Map<ShareSettings, RepositorySettings> shares = new LinkedHashMap<>();
        config.shares().values().forEach(share -> shares.put(share, config.repositoryOf(share)));
        return shares;
    }

    private static Map<ShareSettings, RepositorySettings> named(CofreConfig config, List<String> names)
            throws CommandException {
        Map<ShareSettings, RepositorySettings> shares = new LinkedHashMap<>();
        for (String name : names) {
            ShareSettings share = Shares.find(config, name);
            shares.put(share, config.repositoryOf(share));
        }
        if (shares.isEmpty()) {
            throw new CommandException(Exit.USAGE, "cannot back up: no share named vs at least one, or --all");
        }
        return shares;
    }
}
