package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.Exit;
import cofre.daemon.JobOutcome;
import cofre.daemon.JobSpec;
import cofre.daemon.Jobs;
import cofre.format.BadCopy;
import cofre.format.PackId;
import cofre.format.PointTags;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.progress.Progress;
import cofre.repository.IndexRepair;
import cofre.repository.PackRepair;
import cofre.repository.Recovery;
import cofre.repository.RepairReport;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.SnapshotRepair;
import cofre.state.KnownRepository;
import cofre.storage.BackendException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repairs of repositories as jobs. Nothing is written to a repository that is not the one this host knows. Thread-safe. */
final class RepairJobs {
    private static final Logger LOG = LoggerFactory.getLogger(RepairJobs.class);

    /** What is repaired. */
    enum Kind {
        INDEX,
        PACKS,
        SNAPSHOTS,
        RECOVER
    }

    /**
     * What is wanted.
     *
     * @param packs which ones, of packs; those known to be damaged when empty
     * @param forget of snapshots, whether the old ones go
     * @param readAll of the index, whether all packs are asked
     */
    record Wanted(Kind kind, Set<PackId> packs, boolean forget, boolean readAll, boolean dryRun) {}

    private final OpenRepositories repositories;
    private final Memories memories;
    private final RepositoryWatch watch;
    private final Jobs jobs;

    RepairJobs(Commands.Parts parts, RepositoryWatch watch) {
        this.repositories = parts.repositories();
        this.memories = parts.memories();
        this.watch = watch;
        this.jobs = parts.jobs();
    }

    /** Queues it; gives the job's number. */
    long submit(RepositorySettings settings, Wanted wanted) {
        String title = settings.name() + " " + wanted.kind().name().toLowerCase(java.util.Locale.ROOT)
                + (wanted.dryRun() ? ", dry run" : "");
        JobSpec spec = new JobSpec("repair", title, Set.of("repository:" + settings.name()));
        return jobs.submit(spec, progress -> Failures.inJob(() -> repair(settings, wanted, progress)));
    }

    private JobOutcome repair(RepositorySettings settings, Wanted wanted, Progress progress)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        Repository repository = repositories.session(settings, progress);
        if (!wanted.dryRun()) {
            watch.refuseUnrecognised(settings, repository, progress);
            LOG.warn("event=repair repository={} kind={}", settings.name(), wanted.kind());
        }
        RepositoryHealth health = memories.health(repository.config().id());
        Set<BadCopy> known = health.badCopies();
        RepairReport report = switch (wanted.kind()) {
            case INDEX -> new IndexRepair(repository, progress).run(wanted.dryRun(), wanted.readAll());
            case PACKS -> packs(repository, health, wanted, known, progress);
            case SNAPSHOTS -> new SnapshotRepair(repository, progress).run(known, wanted.forget(), wanted.dryRun());
            case RECOVER -> new Recovery(repository, progress).run(wanted.dryRun());
        };
        if (!wanted.dryRun()) {
            remember(settings, repository, report, progress);
        }
        return outcome(settings, wanted, report);
    }

    /** What was bad in packs that are gone now is bad no more: it is kept anew, or lost and in no index. */
    private static RepairReport packs(
            Repository repository, RepositoryHealth health, Wanted wanted, Set<BadCopy> known, Progress progress)
            throws BackendException, RepositoryException, InterruptedException {
        Set<PackId> packs = new HashSet<>(wanted.packs());
        if (packs.isEmpty()) {
            known.forEach(copy -> copy.pack().ifPresent(packs::add));
        }
        RepairReport report = new PackRepair(repository, progress).run(packs, wanted.dryRun());
        if (!wanted.dryRun()) {
            health.looked(
                    known.stream()
                            .filter(copy -> copy.pack().map(packs::contains).orElse(false))
                            .collect(Collectors.toSet()),
                    Set.of());
        }
        return report;
    }

    /** So that what we took away is not missed, and what we made is. */
    private void remember(RepositorySettings settings, Repository repository, RepairReport report, Progress progress)
            throws BackendException, RepositoryException {
        for (SnapshotId fresh : report.added().keySet()) {
            Snapshot point = repository.snapshot(fresh);
            if (PointTags.isOwn(point) && point.hostname().equals(repository.host())) {
                watch.added(
                        settings,
                        new KnownRepository.OwnPoint(
                                fresh,
                                PointTags.share(point),
                                point.time().toInstant(),
                                KnownRepository.OwnPoint.series(point.hostname(), String.join(":", point.paths()))),
                        progress);
            }
        }
        watch.forgotten(settings, report.removed(), progress);
    }

    private static JobOutcome outcome(RepositorySettings settings, Wanted wanted, RepairReport report) {
        List<Map<String, Object>> rows = new ArrayList<>();
        report.steps().forEach(step -> rows.add(Map.of("object", step.object(), "text", step.text())));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(JobOutcome.ITEMS, rows);
        data.put("repository", settings.name());
        data.put("dry_run", wanted.dryRun());
        data.put("changes", report.changes());
        data.put("lost", report.lost());
        data.put("added", report.added().keySet().stream().map(SnapshotId::hex).toList());
        data.put("removed", report.removed().stream().map(SnapshotId::hex).toList());
        return new JobOutcome(Exit.OK, data);
    }
}
