package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.JobFollower;
import cofre.daemon.JobOutcome;
import cofre.daemon.JobSpec;
import cofre.daemon.Jobs;
import cofre.progress.Progress;
import cofre.repository.CheckRun;
import cofre.repository.Repository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code check}: is every restore point whole? With {@code read_data} every stored byte is read and verified. */
final class CheckHandler implements CommandHandler {
    private final OpenRepositories repositories;
    private final Jobs jobs;

    CheckHandler(OpenRepositories repositories, Jobs jobs) {
        this.repositories = repositories;
        this.jobs = jobs;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("repository", "read_data"));
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        boolean readData = request.args().flag("read_data");
        JobSpec spec = new JobSpec(
                "check", settings.name() + (readData ? " with data" : ""), Set.of("repository:" + settings.name()));
        long job = jobs.submit(spec, progress -> Failures.inJob(() -> check(settings, readData, progress)));
        new JobFollower(jobs).follow(job, reply);
    }

    private JobOutcome check(RepositorySettings settings, boolean readData, Progress progress)
            throws cofre.storage.BackendException, cofre.repository.RepositoryException, java.io.IOException,
                    InterruptedException {
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
