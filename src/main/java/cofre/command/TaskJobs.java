package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.RepositorySettings;
import cofre.config.ShareSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes jobs of tasks. Shares due together are one job, and so one moment. Thread-safe. */
final class TaskJobs {
    /**
     * A job that was queued.
     *
     * @param job its number
     * @param tasks what it does
     */
    record Begun(long job, List<String> tasks) {}

    private final Supplier<CofreConfig> config;
    private final BackupJobs backups;
    private final SnapshotJobs snapshots;
    private final CheckJobs checks;
    private final ForgetJobs forgets;

    /** With what runs need, out of all that commands work with. */
    TaskJobs(Commands.Parts parts, RepositoryWatch watch) {
        this.config = parts.config();
        this.backups = new BackupJobs(new ShareBackups(parts, watch), parts.jobs());
        this.snapshots = new SnapshotJobs(parts);
        this.forgets = new ForgetJobs(new ShareForgetting(parts, watch), parts.jobs());
        this.checks = new CheckJobs(parts);
    }

    /** Queues these. Tasks the configuration has no more are in none of the jobs. */
    List<Begun> begin(Collection<String> tasks) {
        CofreConfig now = config.get();
        List<Begun> begun = new ArrayList<>();
        // Snapshots first: they take moments, and what is seen of the backups' moment is nearer to the time that was
        // meant.
        List<ShareSettings> here = shares(now, tasks, Scheduling::local).stream()
                .filter(Sources::isZfs)
                .toList();
        if (!here.isEmpty()) {
            begun.add(new Begun(snapshots.submit(here), names(here, Scheduling::local)));
        }
        List<ShareSettings> sent = shares(now, tasks, Scheduling::backup);
        if (!sent.isEmpty()) {
            Map<ShareSettings, RepositorySettings> places = new LinkedHashMap<>();
            sent.forEach(share -> places.put(share, now.repositoryOf(share)));
            begun.add(new Begun(backups.submit(places, Optional.empty()), names(sent, Scheduling::backup)));
        }
        for (RepositorySettings repository : now.repositories().values()) {
            String check = Scheduling.check(repository.name());
            if (tasks.contains(check)) {
                begun.add(new Begun(checks.submitDue(repository), List.of(check)));
            }
            String forget = Scheduling.forget(repository.name());
            if (tasks.contains(forget)) {
                forgets.submit(now, repository).ifPresent(job -> begun.add(new Begun(job, List.of(forget))));
            }
        }
        return begun;
    }

    /** How a share's task is called. */
    private interface Naming {
        String of(String share);
    }

    private static List<ShareSettings> shares(CofreConfig config, Collection<String> tasks, Naming naming) {
        return config.shares().values().stream()
                .filter(share -> tasks.contains(naming.of(share.name())))
                .toList();
    }

    private static List<String> names(List<ShareSettings> shares, Naming naming) {
        return shares.stream().map(share -> naming.of(share.name())).toList();
    }
}
