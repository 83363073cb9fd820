package cofre.command;

import cofre.config.RepositorySettings;
import cofre.format.KeyId;
import cofre.format.SnapshotId;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.StoredSnapshot;
import cofre.state.KnownRepository;
import cofre.state.Recognition;
import cofre.state.RepositoryMemory;
import cofre.state.Sight;
import cofre.storage.BackendException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure before something is written to a repository that it is the one this host knows, and remembers what this host
 * adds to it. Whatever writes to a repository by itself asks {@link #refuseUnrecognised} first. Thread-safe.
 */
final class RepositoryWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryWatch.class);

    private final Memories memories;

    RepositoryWatch(Memories memories) {
        this.memories = memories;
    }

    /**
     * Compares the repository with what is known of it, and tells of changes that are no reason for alarm. One that nothing is
     * known of is taken as it is.
     *
     * @throws RepositoryException.Unrecognised when it must not be written to until an administrator says so
     */
    void refuseUnrecognised(RepositorySettings settings, Repository repository, Progress progress)
            throws BackendException, RepositoryException {
        Optional<KnownRepository> known = known(settings, progress).map(before -> withoutForgotten(before, progress));
        Sight sight = look(repository, known);
        if (known.isEmpty()) {
            remember(settings, sight.firstKnown(), progress);
            return;
        }
        Recognition.Verdict verdict = Recognition.judge(known.get(), sight);
        for (String note : verdict.notes()) {
            LOG.info("event=repository_changed repository={} note=\"{}\"", settings.name(), note);
            progress.message(Level.INFO, "repository " + settings.name() + ": " + note);
        }
        remember(settings, verdict.next(), progress);
        if (!verdict.alarms().isEmpty()) {
            LOG.error("event=repository_unrecognised repository={} why=\"{}\"", settings.name(), verdict.alarms());
            throw new RepositoryException.Unrecognised("cannot write to repository " + settings.name() + ": "
                    + verdict.next().alarm()
                    + "; nothing was written; what it holds can still be restored. Find out why;"
                    + " if all is as it should be: cofre accept " + settings.name());
        }
    }

    /** Points in the trash were removed by this host, also where it was killed before it could say so. */
    private KnownRepository withoutForgotten(KnownRepository known, Progress progress) {
        try {
            Set<SnapshotId> forgotten =
                    Set.copyOf(memories.trash(known.id(), Duration.ZERO).trash().ids());
            return known.withPoints(known.points().stream()
                    .filter(point -> !forgotten.contains(point.id()))
                    .toList());
        } catch (IOException e) {
            progress.message(Level.WARNING, "cannot see which points were forgotten: " + e);
            return known;
        }
    }

    /** An administrator takes the repository as it is; gives what spoke against it. */
    List<String> accept(RepositorySettings settings, Repository repository) throws BackendException, IOException {
        Optional<KnownRepository> known = known(settings, Progress.NONE);
        Sight sight = look(repository, known);
        List<String> accepted = new ArrayList<>();
        KnownRepository next = sight.firstKnown();
        if (known.isPresent()) {
            accepted.addAll(Recognition.judge(known.get(), sight).alarms());
            next = next.withPoints(known.get().points().stream()
                    .filter(point -> sight.points().contains(point.id()))
                    .toList());
        }
        memory(settings).write(next);
        LOG.warn("event=repository_accepted repository={} what=\"{}\"", settings.name(), accepted);
        return accepted;
    }

    /** An administrator has made the repository: whatever was known under this name is over. */
    void made(RepositorySettings settings, Repository repository) throws BackendException {
        remember(settings, look(repository, Optional.empty()).firstKnown(), Progress.NONE);
    }

    /** This host has made a restore point. */
    void added(RepositorySettings settings, KnownRepository.OwnPoint point, Progress progress) {
        update(settings, known -> known.with(point), progress);
    }

    /** This host has removed restore points, as it was told: they are not missed. */
    void forgotten(RepositorySettings settings, Collection<SnapshotId> points, Progress progress) {
        Set<SnapshotId> gone = Set.copyOf(points);
        update(
                settings,
                known -> known.withPoints(known.points().stream()
                        .filter(point -> !gone.contains(point.id()))
                        .toList()),
                progress);
    }

    /** This host has made a key. */
    void addedKey(RepositorySettings settings, KeyId key) {
        update(
                settings,
                known -> {
                    Set<KeyId> keys = new HashSet<>(known.keys());
                    keys.add(key);
                    return known.withKeys(keys);
                },
                Progress.NONE);
    }

    /** What is known, as far as it can be read. */
    Optional<KnownRepository> known(RepositorySettings settings, Progress progress) {
        try {
            return memory(settings).read();
        } catch (IOException e) {
            LOG.warn("event=memory_unreadable repository={} cause=\"{}\"", settings.name(), e.getMessage());
            progress.message(
                    Level.WARNING,
                    "repository " + settings.name() + ": what this host knew of it is lost (" + e.getMessage()
                            + "); it is taken as it is now");
            return Optional.empty();
        }
    }

    private RepositoryMemory memory(RepositorySettings settings) {
        return memories.repository(settings.name());
    }

    private static Sight look(Repository repository, Optional<KnownRepository> known) throws BackendException {
        Repository.Names names = repository.names();
        boolean isAllThere = known.stream()
                .flatMap(before -> before.points().stream())
                .allMatch(point -> names.points().contains(point.id()));
        // Costs reading all records, so only when some are missing.
        List<StoredSnapshot> records = isAllThere ? List.of() : repository.snapshots(Progress.NONE);
        return new Sight(
                repository.config().id(),
                repository.config().polynomial(),
                names.keys(),
                names.points(),
                replaced(records),
                times(records),
                names.indexes(),
                repository.now());
    }

    private static Map<String, List<Instant>> times(List<StoredSnapshot> records) {
        Map<String, List<Instant>> times = new HashMap<>();
        for (StoredSnapshot stored : records) {
            for (String path : stored.snapshot().paths()) {
                String series =
                        KnownRepository.OwnPoint.series(stored.snapshot().hostname(), path);
                times.computeIfAbsent(series, first -> new ArrayList<>())
                        .add(stored.snapshot().time().toInstant());
            }
        }
        return times;
    }

    private static Map<SnapshotId, SnapshotId> replaced(List<StoredSnapshot> records) {
        Map<SnapshotId, SnapshotId> replaced = new HashMap<>();
        for (StoredSnapshot stored : records) {
            stored.snapshot().original().ifPresent(original -> replaced.put(original, stored.id()));
        }
        return replaced;
    }

    private void remember(RepositorySettings settings, KnownRepository known, Progress progress) {
        try {
            memory(settings).write(known);
        } catch (IOException e) {
            unwritable(settings, e, progress);
        }
    }

    private void update(RepositorySettings settings, UnaryOperator<KnownRepository> change, Progress progress) {
        try {
            memory(settings).update(change);
        } catch (IOException e) {
            unwritable(settings, e, progress);
        }
    }

    private static void unwritable(RepositorySettings settings, IOException e, Progress progress) {
        LOG.warn("event=memory_unwritable repository={} cause=\"{}\"", settings.name(), e.getMessage());
        progress.message(
                Level.WARNING,
                "cannot remember what repository " + settings.name() + " is like: " + e
                        + "; the work goes on, but a repository set back to an older state may not be noticed; make room"
                        + " in state_dir");
    }
}
