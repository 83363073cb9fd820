package cofre.command;

import cofre.backup.DetectionRules;
import cofre.config.RepositorySettings;
import cofre.config.ShareSettings;
import cofre.config.ShareSource;
import cofre.daemon.JobSpec;
import cofre.daemon.Jobs;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Restore points of several shares as one job, whoever asks for them. Thread-safe. */
final class BackupJobs {
    private final ShareBackups backups;
    private final Jobs jobs;

    BackupJobs(ShareBackups backups, Jobs jobs) {
        this.backups = backups;
        this.jobs = jobs;
    }

    /** Queues it; gives the job's number. */
    long submit(Map<ShareSettings, RepositorySettings> shares, Optional<DetectionRules.Wanted> wanted) {
        Set<String> keys = new LinkedHashSet<>();
        shares.forEach((share, repository) -> {
            keys.add("share:" + share.name());
            keys.add("repository:" + repository.name());
            if (share.source() instanceof ShareSource.Dataset dataset) {
                keys.add("dataset:" + dataset.dataset()); // its holds are ours for all its shares: one run at a time
            }
        });
        String title = String.join(
                " ", shares.keySet().stream().map(ShareSettings::name).toList());
        return jobs.submit(new JobSpec("backup", title, keys), progress -> backups.run(shares, wanted, progress));
    }
}
