package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.RepositorySettings;
import cofre.config.ShareSettings;
import cofre.daemon.JobSpec;
import cofre.daemon.Jobs;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Forgetting as jobs, whoever asks for it. Thread-safe. */
final class ForgetJobs {
    private final ShareForgetting forgetting;
    private final Jobs jobs;

    ForgetJobs(ShareForgetting forgetting, Jobs jobs) {
        this.forgetting = forgetting;
        this.jobs = jobs;
    }

    /**
     * Queues it; gives the job's number.
     *
     * @param isForced whether it is done although it looks odd
     * @param rows gets a row for each point: too many to be kept with the job
     */
    long submit(
            Map<RepositorySettings, List<ShareSettings>> places,
            boolean isForced,
            AtomicReference<List<Map<String, Object>>> rows) {
        Set<String> keys = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        places.forEach((place, shares) -> {
            keys.add("repository:" + place.name());
            shares.forEach(share -> names.add(share.name()));
        });
        return jobs.submit(
                new JobSpec("forget", String.join(" ", names), keys),
                progress -> Failures.inJob(() -> {
                    ShareForgetting.Result result = forgetting.remove(places, isForced, progress);
                    rows.set(result.rows());
                    return result.outcome();
                }));
    }

    /** The same for all shares of a repository that have a policy; empty when none has. */
    Optional<Long> submit(CofreConfig config, RepositorySettings repository) {
        List<ShareSettings> shares = config.shares().values().stream()
                .filter(share -> share.keep().isPresent()
                        && config.repositoryOf(share).name().equals(repository.name()))
                .toList();
        return shares.isEmpty()
                ? Optional.empty()
                : Optional.of(submit(Map.of(repository, shares), false, new AtomicReference<>(List.of())));
    }
}
