package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.Exit;
import cofre.daemon.JobOutcome;
import cofre.daemon.JobSpec;
import cofre.daemon.Jobs;
import cofre.format.BadCopy;
import cofre.progress.Progress;
import cofre.repository.CheckRun;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.check.Finding;
import cofre.repository.check.ReadChoice;
import cofre.repository.check.ReadCoverage;
import cofre.state.CheckMemory;
import cofre.storage.BackendException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks of repositories as jobs, whoever asks for them. What they find is remembered. Thread-safe. */
final class CheckJobs {
    private final OpenRepositories repositories;
    private final Memories memories;
    private final Scheduling scheduling;
    private final Jobs jobs;

    CheckJobs(Commands.Parts parts) {
        this.repositories = parts.repositories();
        this.memories = parts.memories();
        this.scheduling = parts.scheduling();
        this.jobs = parts.jobs();
    }

    /** What is to be read: what was asked for, or else what is due. */
    private record Asked(Optional<ReadChoice> choice, Duration interval, Duration within) {}

    /** Queues one that reads what is chosen; gives the job's number. */
    long submit(RepositorySettings settings, ReadChoice choice) {
        boolean readsData = !(choice instanceof ReadChoice.None);
        return submit(
                settings, readsData ? " with data" : "", new Asked(Optional.of(choice), Duration.ZERO, Duration.ZERO));
    }

    /** Queues one that reads as much data as is due; gives the job's number. */
    long submitDue(RepositorySettings settings) {
        Duration interval = scheduling.interval(settings.care().checkSchedule());
        return submit(
                settings,
                "",
                new Asked(Optional.empty(), interval, settings.care().checkDataWithin()));
    }

    private long submit(RepositorySettings settings, String how, Asked asked) {
        JobSpec spec = new JobSpec("check", settings.name() + how, Set.of("repository:" + settings.name()));
        return jobs.submit(spec, progress -> Failures.inJob(() -> check(settings, asked, progress)));
    }

    private JobOutcome check(RepositorySettings settings, Asked asked, Progress progress)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        Repository repository = repositories.session(settings, progress);
        RepositoryHealth health = memories.health(repository.config().id());
        Instant now = repository.now();
        ReadCoverage.Due due = health.coverage(now).due(now, asked.interval(), asked.within());
        ReadChoice choice = asked.choice()
                .orElseGet(() -> due.slots().isEmpty() ? new ReadChoice.None() : new ReadChoice.Slots(due.slots()));
        Set<BadCopy> known = health.badCopies();
        CheckRun run = new CheckRun(repository, settings.name(), progress);
        CheckRun.Report report;
        if (choice instanceof ReadChoice.None) {
            report = run.run(new CheckRun.Data(choice, known, slot -> {}));
        } else {
            try (CoverageLog log = new CoverageLog(health, scheduling.nanos(), due.coverage())) {
                report = run.run(new CheckRun.Data(choice, known, log::slotRead));
            }
        }
        health.looked(known, report.bad());
        health.checked(result(report, repository.now()));
        return outcome(settings, report);
    }

    private static CheckMemory.Result result(CheckRun.Report report, Instant now) {
        String first = report.findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.DAMAGE)
                .map(Finding::toString)
                .findFirst()
                .orElse("");
        return new CheckMemory.Result(now, report.damages(), first, report.packs(), report.bytesRead());
    }

    private static JobOutcome outcome(RepositorySettings settings, CheckRun.Report report) {
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
