package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlArgs;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.JobFollower;
import cofre.daemon.JobOutcome;
import cofre.daemon.JobSpec;
import cofre.daemon.Jobs;
import cofre.path.RawPath;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.repository.StoredSnapshot;
import cofre.restore.Overwrite;
import cofre.restore.PointException;
import cofre.restore.RestoreReport;
import cofre.restore.RestoreRequest;
import cofre.restore.RestoreRun;
import cofre.restore.RestoreTarget;
import cofre.restore.TargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** {@code restore}: a restore point, or parts of it, back to files. */
final class RestoreHandler implements CommandHandler {
    private static final Map<String, Overwrite> OVERWRITE =
            Map.of("always", Overwrite.ALWAYS, "if-changed", Overwrite.IF_CHANGED, "never", Overwrite.NEVER);

    private final OpenRepositories repositories;
    private final Function<RawPath, RestoreTarget> targets;
    private final Jobs jobs;
    private final int threads;

    RestoreHandler(OpenRepositories repositories, Function<RawPath, RestoreTarget> targets, Jobs jobs, int threads) {
        this.repositories = repositories;
        this.targets = targets;
        this.jobs = jobs;
        this.threads = threads;
    }

    /** What was asked for, understood. */
    private record Asked(
            String point,
            List<RawPath> paths,
            RawPath target,
            boolean fullPaths,
            Overwrite overwrite,
            boolean verify,
            boolean dryRun) {}

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        ControlArgs args = request.args();
        args.allowOnly(
                Set.of("point", "paths", "target", "full_paths", "dry_run", "verify", "overwrite", "repository"));
        RepositorySettings settings = repositories.settings(args.text("repository"));
        Asked asked = asked(args);
        JobSpec spec =
                new JobSpec("restore", asked.point() + " to " + asked.target(), Set.of("target:" + asked.target()));
        long job = jobs.submit(spec, progress -> Failures.inJob(() -> restore(settings, asked, progress)));
        new JobFollower(jobs).follow(job, reply);
    }

    private static Asked asked(ControlArgs args) throws CommandException {
        List<RawPath> paths = new ArrayList<>();
        for (String path : args.texts("paths")) {
            paths.add(Paths.parse(path));
        }
        String target = args.needText("target");
        if (!target.startsWith("/")) {
            throw new CommandException(
                    Exit.USAGE,
                    "cannot restore to \"" + target
                            + "\": a relative path vs an absolute one; nothing was done; say where from the root on");
        }
        String word = args.text("overwrite").orElse("if-changed");
        Overwrite overwrite = OVERWRITE.get(word);
        if (overwrite == null) {
            throw new CommandException(
                    Exit.USAGE,
                    "cannot restore: overwrite \"" + word
                            + "\" vs always, if-changed or never; nothing was done; choose one of them");
        }
        return new Asked(
                args.needText("point"),
                paths,
                Paths.parse(target),
                args.flag("full_paths"),
                overwrite,
                args.flag("verify"),
                args.flag("dry_run"));
    }

    private JobOutcome restore(RepositorySettings settings, Asked asked, Progress progress)
            throws cofre.storage.BackendException, cofre.repository.RepositoryException, java.io.IOException,
                    CommandException, InterruptedException {
        Repository repository = repositories.session(settings, progress);
        StoredSnapshot point = Points.find(repository, asked.point(), progress);
        RestoreRequest request = new RestoreRequest(
                point.id(), asked.paths(), asked.fullPaths(), asked.overwrite(), asked.verify(), asked.dryRun());
        try (RestoreTarget target = targets.apply(asked.target())) {
            RestoreReport report = new RestoreRun(repository, progress, threads).run(request, target);
            report.failed().forEach(f -> progress.message(Level.ERROR, f.path() + ": " + f.why()));
            report.lacks().forEach(l -> progress.message(Level.WARNING, l.count() + " times: " + l.example()));
            return new JobOutcome(report.isComplete() ? Exit.OK : Exit.INCOMPLETE, data(report));
        } catch (PointException e) {
            throw Points.failure(e);
        } catch (TargetException e) {
            throw new CommandException(Exit.FAILED, e.getMessage());
        }
    }

    private static Map<String, Object> data(RestoreReport report) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("point", report.point().toString());
        data.put("target", report.target());
        data.put("dry_run", report.dryRun());
        data.put("files", report.files());
        data.put("directories", report.directories());
        data.put("others", report.others());
        data.put("restored_bytes", report.bytes());
        data.put("unchanged", report.unchanged());
        data.put("kept", report.kept());
        data.put("verified", report.verified());
        data.put("failed", report.failedCount());
        return data;
    }
}
