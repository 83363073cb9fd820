package cofre.command;

import cofre.backup.BackupReport;
import cofre.backup.BackupRun;
import cofre.backup.DetectionRules;
import cofre.backup.ExcludeRules;
import cofre.backup.LastRun;
import cofre.backup.Tracking;
import cofre.change.CatalogueHome;
import cofre.change.CatalogueStore;
import cofre.config.ChangeSettings;
import cofre.config.RepositorySettings;
import cofre.config.ShareSettings;
import cofre.control.Exit;
import cofre.daemon.JobOutcome;
import cofre.previous.PreviousException;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.source.SourceException;
import cofre.state.KnownRepository;
import cofre.storage.BackendException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes restore points of several shares: all are frozen first, at one moment where ZFS can, then written one after the
 * other. A share that fails does not keep the others from being protected; what could not be done decides the status.
 * Every view that was frozen is settled or abandoned before this ends, however it ends.
 */
final class ShareBackups {
    private static final Logger LOG = LoggerFactory.getLogger(ShareBackups.class);

    private final OpenRepositories repositories;
    private final Sources sources;
    private final HeldViews held;
    private final Memories memories;
    private final RepositoryWatch watch;
    private final ShareUpkeep upkeep;
    private final Function<Repository, BackupRun.Tools> tools;
    private final Supplier<String> runIds;
    private final CatalogueStore catalogues = new CatalogueStore();

    /** With what runs need, out of all that commands work with. */
    ShareBackups(Commands.Parts parts, RepositoryWatch watch) {
        this.watch = watch;
        this.repositories = parts.repositories();
        this.sources = parts.sources();
        this.held = parts.held();
        this.memories = parts.memories();
        this.upkeep = parts.upkeep();
        this.tools = parts.tools();
        this.runIds = parts.runIds();
    }

    /**
     * Does it.
     *
     * @param shares each with the settings of its repository
     * @param wanted how changes are to be found, when that is not left to the configuration
     * @return a row for each restore point made, under {@code items}
     * @throws InterruptedException when cancelled: points made before that stay
     */
    JobOutcome run(
            Map<ShareSettings, RepositorySettings> shares, Optional<DetectionRules.Wanted> wanted, Progress progress)
            throws InterruptedException {
        return new OneRun(shares, wanted, runIds.get(), progress).run();
    }

    /** What all shares of one run have in common. For one thread. */
    private final class OneRun {
        private final Map<ShareSettings, RepositorySettings> shares;
        private final Optional<DetectionRules.Wanted> wanted;
        private final String runId;
        private final Progress progress;
        private final BackupOutcomes outcomes;
        private final Set<String> recognised = new HashSet<>();
        private Map<ShareSettings, SnapshotSource.Request> requests = Map.of();

        OneRun(
                Map<ShareSettings, RepositorySettings> shares,
                Optional<DetectionRules.Wanted> wanted,
                String runId,
                Progress progress) {
            this.shares = shares;
            this.wanted = wanted;
            this.runId = runId;
            this.progress = progress;
            this.outcomes = new BackupOutcomes(shares.size());
        }

        JobOutcome run() throws InterruptedException {
            progress.phase("freezing");
            ShareFreezing freezing = new ShareFreezing(sources, runId, this::failed);
            Map<ShareSettings, Frozen> views = freezing.freeze(List.copyOf(shares.keySet()));
            requests = freezing.requests();
            held.await(views.values());
            try {
                for (ShareSettings share : List.copyOf(views.keySet())) {
                    endIfCancelled();
                    one(share, views);
                }
                endIfCancelled();
            } finally {
                views.values().forEach(held::turnOf);
                views.forEach(this::abandon);
            }
            return outcomes.whole();
        }

        private void endIfCancelled() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled");
            }
        }

        private void one(ShareSettings share, Map<ShareSettings, Frozen> views) throws InterruptedException {
            try {
                outcomes.made(backUp(share, views));
            } catch (SourceException | BackendException | RepositoryException | IOException e) {
                endIfCancelled();
                failed(share, Failures.exitOf(e), e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("event=backup_broken share={}", share.name(), e);
                failed(share, Exit.FAILED, Failures.ofOurs(e));
            } finally {
                keepUp(share);
            }
        }

        private BackupReport backUp(ShareSettings share, Map<ShareSettings, Frozen> views)
                throws SourceException, BackendException, RepositoryException, IOException, InterruptedException {
            if (!views.get(share).isConsistent()) {
                progress.message(
                        Level.WARNING,
                        "share " + share.name()
                                + " is a plain directory: read while it may change, not one moment's view");
            }
            Repository repository = repositories.session(shares.get(share), progress);
            recognise(shares.get(share), repository);
            SnapshotSource.Request request = requests.get(share);
            ExcludeRules excludes = ExcludeRules.of(share.exclude());
            BackupRun.Job job = new BackupRun.Job(
                    share.name(), sources.of(share), request, excludes, runId, tracking(share, repository));
            BackupRun.Tools with = tools.apply(repository);
            BackupRun.Memory memory = new WatchedMemory(
                    memories.of(repository.config().id(), progress),
                    watch,
                    shares.get(share),
                    KnownRepository.OwnPoint.series(
                            with.origin().hostname(), request.root().toString()),
                    progress);
            BackupRun run = new BackupRun(with, repository, memory, progress);
            Frozen view = views.remove(share); // from here on the run looks after it
            held.turnOf(view);
            BackupReport report = run.run(job, view);
            job.tracking().flatMap(Tracking::last).ifPresent(last -> forget(share, view, last));
            return report;
        }

        /** Once a run is enough: it costs three listings. */
        private void recognise(RepositorySettings settings, Repository repository)
                throws BackendException, RepositoryException {
            if (!recognised.contains(settings.name())) {
                watch.refuseUnrecognised(settings, repository, progress);
                recognised.add(settings.name());
            }
        }

        /** The snapshot of the last restore point may be gone already; its bookmark has no use any more either. */
        private void forget(ShareSettings share, Frozen view, LastRun last) {
            try {
                sources.zfs().forget(view.source(), Set.of(last.viewId()));
            } catch (SourceException e) {
                LOG.info("event=bookmark_left share={} cause=\"{}\"", share.name(), e.getMessage());
            }
        }

        private Optional<Tracking> tracking(ShareSettings share, Repository repository) {
            if (!Sources.isZfs(share)) {
                return Optional.empty();
            }
            DetectionRules rules = rules(share.changes());
            return Optional.of(new Tracking(
                    sources.changes(),
                    new CatalogueHome(catalogues, memories.catalogue(share.name())),
                    memories.lastRun(share.name(), repository.config().id()),
                    wanted.map(rules::with).orElse(rules)));
        }

        private DetectionRules rules(ChangeSettings settings) {
            DetectionRules.Wanted configured = switch (settings.method()) {
                case AUTO -> DetectionRules.Wanted.CHEAPEST;
                case DIFF -> DetectionRules.Wanted.DIFF;
                case WALK -> DetectionRules.Wanted.WALK;
            };
            return new DetectionRules(configured, Duration.ofDays(settings.auditDays()), settings.auditParts());
        }

        private void keepUp(ShareSettings share) {
            try {
                upkeep.afterRun(share, requests.get(share));
            } catch (SourceException | PreviousException e) {
                progress.message(Level.WARNING, "share " + share.name() + ": " + e.getMessage());
            }
        }

        private void failed(ShareSettings share, int exit, String why) {
            String sentence = "share " + share.name() + ": " + why;
            LOG.error("event=backup_failed share={} exit={} cause=\"{}\"", share.name(), exit, why);
            if (shares.size() > 1) {
                progress.message(Level.ERROR, sentence); // one that is alone is told as the job's own error
            }
            outcomes.failed(exit, sentence);
        }

        private void abandon(ShareSettings share, Frozen view) {
            try (view) {
                sources.of(share).abandon(view);
            } catch (SourceException e) {
                progress.message(Level.WARNING, "share " + share.name() + ": " + e.getMessage());
            }
        }
    }
}
