package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.Exit;
import cofre.daemon.JobOutcome;
import cofre.format.PointTags;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.RepositoryLock;
import cofre.repository.StoredSnapshot;
import cofre.restore.PointException;
import cofre.restore.PointFinder;
import cofre.state.KnownRepository;
import cofre.state.Trash;
import cofre.storage.BackendException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was forgotten, and bringing it back. Thread-safe. */
final class Undelete {
    private static final Logger LOG = LoggerFactory.getLogger(Undelete.class);

    /**
     * A forgotten point.
     *
     * @param point its record
     * @param kept how it is kept
     */
    record Gone(StoredSnapshot point, Trash.Forgotten kept) {}

    private final OpenRepositories repositories;
    private final Memories memories;
    private final RepositoryWatch watch;
    private final ShareUpkeep upkeep;

    Undelete(OpenRepositories repositories, Memories memories, RepositoryWatch watch, ShareUpkeep upkeep) {
        this.repositories = repositories;
        this.memories = memories;
        this.watch = watch;
        this.upkeep = upkeep;
    }

    /** The forgotten points of a repository. */
    PointTrash trash(RepositorySettings settings, Repository repository) {
        return memories.trash(repository.config().id(), settings.care().forget().trash());
    }

    /** Those that are not there (any more, or again), in no order. */
    List<Gone> gone(RepositorySettings settings, Repository repository, Progress progress)
            throws BackendException, IOException {
        Set<SnapshotId> there = repository.names().points();
        List<Gone> gone = new ArrayList<>();
        for (Trash.Forgotten kept : trash(settings, repository).list()) {
            if (!there.contains(kept.id())) {
                try {
                    Snapshot record = repository.openRecord(kept.id(), kept.stored());
                    gone.add(new Gone(new StoredSnapshot(kept.id(), record), kept));
                } catch (RepositoryException e) {
                    progress.message(Level.WARNING, e.getMessage());
                }
            }
        }
        return gone;
    }

    /** Brings them back, each by itself: one that cannot come back keeps no other from it. */
    JobOutcome run(RepositorySettings settings, List<String> typed, Progress progress)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        Repository repository = repositories.session(settings, progress);
        watch.refuseUnrecognised(settings, repository, progress);
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        progress.phase("waiting for the lock");
        try (RepositoryLock lock = repository.lockToAdd()) {
            List<Gone> gone = gone(settings, repository, progress);
            progress.phase("reading indexes");
            repository.loadIndex(progress);
            for (String one : typed) {
                try {
                    Gone found = find(gone, one);
                    bringBack(settings, repository, found, lock);
                    rows.add(PointsHandler.row(found.point()));
                } catch (PointException e) {
                    failures.add(e.getMessage());
                }
            }
        } finally {
            upkeep.pointsChanged(settings.name());
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(JobOutcome.ITEMS, rows);
        data.put("points", rows.size());
        failures.forEach(sentence -> progress.message(Level.ERROR, sentence));
        failures.stream().findFirst().ifPresent(first -> data.put(JobOutcome.FAILURE, first));
        return new JobOutcome(failures.isEmpty() ? Exit.OK : Exit.FAILED, data);
    }

    private static Gone find(List<Gone> gone, String typed) throws PointException {
        PointFinder finder = new PointFinder(gone.stream().map(Gone::point).toList());
        SnapshotId id = finder.find(typed).id();
        return gone.stream()
                .filter(one -> one.point().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** First the record, then what is known of it, then the trash: whatever kills us, it is in one of the two. */
    private void bringBack(RepositorySettings settings, Repository repository, Gone one, RepositoryLock lock)
            throws BackendException, RepositoryException, PointException, IOException, InterruptedException {
        SnapshotId id = one.point().id();
        Snapshot record = one.point().snapshot();
        Optional<String> missing = repository.missing(record.tree());
        if (missing.isPresent()) {
            throw new PointException.NoSuchPoint("cannot bring back restore point " + id + ": " + missing.get()
                    + " vs all of it there; nothing was changed; something has pruned the repository since: restore from"
                    + " another point, see cofre points");
        }
        repository.putBack(id, one.kept().stored(), lock);
        LOG.info("event=point_brought_back repository={} point={}", settings.name(), id.hex());
        if (record.hostname().equals(repository.host())) {
            watch.added(
                    settings,
                    new KnownRepository.OwnPoint(
                            id,
                            PointTags.share(record),
                            record.time().toInstant(),
                            KnownRepository.OwnPoint.series(
                                    record.hostname(),
                                    record.paths().stream().findFirst().orElse(""))),
                    Progress.NONE);
        }
        trash(settings, repository).remove(id);
    }
}
