package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.Exit;
import cofre.daemon.JobOutcome;
import cofre.daemon.JobSpec;
import cofre.daemon.Jobs;
import cofre.progress.Progress;
import cofre.repository.CheckRun;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks of repositories as jobs, whoever asks for them. Thread-safe. */
final class CheckJobs {
    private final OpenRepositories repositories;
    private final Jobs jobs;

    CheckJobs(OpenRepositories repositories, Jobs jobs) {
        this.repositories = repositories;
        this.jobs = jobs;
    }

    /** Queues it; gives the job's number. With {@code readData} every stored byte is read and verified. */
    long submit(RepositorySettings settings, boolean readData) {
        JobSpec spec = new JobSpec(
                "check", settings.name() + (readData ? " with data" : ""), Set.of("repository:" + settings.name()));
        return jobs.submit(spec, progress -> Failures.inJob(() -> check(settings, readData, progress)));
    }

    private JobOutcome check(RepositorySettings settings, boolean readData, Progress progress)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        Repository repository = repositories.session(settings, progress);
        CheckRun.Report report = new CheckRun(repository, progress).run(readData);
        List<Map<String, Object>> rows = new ArrayList<>();
        report.findings()
                .forEach(finding -> rows.add(Map.of(
                        "severity", finding.severity().name().toLowerCase(Locale.ROOT),
                        "object", finding.object(),
                        "meaning", finding.meaning(),
                        "fix", finding.advice())));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(JobOutcome.ITEMS, rows);
        data.put("repository", settings.name());
        data.put("points", report.points());
        data.put("directories", report.trees());
        data.put("packs", report.packs());
        data.put("read_bytes", report.bytesRead());
        data.put("errors", report.damages());
        return new JobOutcome(report.isSound() ? Exit.OK : Exit.FAILED, data);
    }
}
