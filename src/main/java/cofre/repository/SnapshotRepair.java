package cofre.repository;

import cofre.format.BadCopy;
import cofre.format.BlobId;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.progress.Progress;
import cofre.seal.BlobSeal;
import cofre.storage.BackendException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes restore points that are not whole anew, without what is lost, so that what is left of them can be used and the
 * repository is sound. A new one has the tag {@code repaired} and says which one it stands for; the old one stays unless it is
 * to be forgotten, and goes only after the new one is there and was read back. For one thread and one use.
 */
public final class SnapshotRepair {
    /** The tag restic puts on such restore points too. */
    public static final String TAG = "repaired";

    private final Repository repository;
    private final Progress progress;
    private final RepairLog log;

    /** A repair of an opened repository. */
    public SnapshotRepair(Repository repository, Progress progress) {
        this.repository = repository;
        this.progress = progress;
        this.log = new RepairLog(progress);
    }

    /**
     * Repairs, while nobody else works on the repository.
     *
     * @param known copies of blobs that were found bad: what has no other is lost
     * @param forget whether the old records are removed, and those that cannot be read
     * @param dryRun only says what would be done
     */
    public RepairReport run(Collection<BadCopy> known, boolean forget, boolean dryRun)
            throws BackendException, RepositoryException, InterruptedException {
        try (RepositoryLock lock = repository.lockExclusive()) {
            progress.phase("reading records");
            Map<SnapshotId, String> unreadable = new LinkedHashMap<>();
            List<StoredSnapshot> points = new ArrayList<>(repository.snapshotsOfStore(unreadable::put));
            repository.loadIndex(progress);
            repository.distrust(known);
            try (BlobSink sink = repository.newSink(lock)) {
                TreeMender mender =
                        new TreeMender(repository, reader(), dryRun ? TreeMender.dry() : TreeMender.into(sink));
                progress.phase("reading directories");
                progress.total(points.size(), 0);
                for (StoredSnapshot point : points) {
                    mend(point, mender, forget, dryRun, sink, lock);
                    progress.add(1, 0);
                }
            }
            for (Map.Entry<SnapshotId, String> record : unreadable.entrySet()) {
                log.lost(
                        name(record.getKey()),
                        record.getValue() + (forget ? "; its record is removed" : "; to remove its record: --forget"));
                remove(record.getKey(), forget, dryRun, lock);
            }
            return log.report();
        }
    }

    private static String name(SnapshotId id) {
        return "restore point " + id.hex();
    }

    /** The store itself: what is only in a cache is not there. */
    private BlobReader reader() {
        Repository.Opened opened = repository.opened();
        BlobSeal seal = new BlobSeal(
                opened.sealer(), opened.config().version(), opened.engine().compression());
        return new BlobReader(repository.index(), opened.store(), seal);
    }

    private void mend(
            StoredSnapshot point, TreeMender mender, boolean forget, boolean dryRun, BlobSink sink, RepositoryLock lock)
            throws BackendException, RepositoryException, InterruptedException {
        BlobId before = point.snapshot().tree();
        Optional<BlobId> after = mender.mend(before, (path, why) -> log.lost(name(point.id()) + " " + path, why));
        if (after.isEmpty()) {
            log.changed(
                    name(point.id()),
                    "nothing of it can be read"
                            + (forget ? "; its record is removed" : "; to remove its record: --forget"));
            remove(point.id(), forget, dryRun, lock);
        } else if (!after.get().equals(before)) {
            log.changed(
                    name(point.id()),
                    "it is written anew without what is lost" + (forget ? "; its old record is removed" : ""));
            if (!dryRun) {
                sink.flush();
                lock.ensureValid();
                Snapshot fresh = without(point, after.get());
                SnapshotId id = repository.saveSnapshot(fresh);
                repository.readBack(id, fresh);
                log.added(id, point.id());
            }
            remove(point.id(), forget, dryRun, lock);
        }
    }

    private void remove(SnapshotId id, boolean forget, boolean dryRun, RepositoryLock lock)
            throws BackendException, RepositoryException {
        if (forget) {
            if (!dryRun) {
                repository.forget(id, lock);
            }
            log.removed(id);
        }
    }

    /** Figures of the run that made it are not true of it any more. */
    private static Snapshot without(StoredSnapshot point, BlobId tree) {
        Snapshot was = point.snapshot();
        List<String> tags = new ArrayList<>(was.tags());
        if (!tags.contains(TAG)) {
            tags.add(TAG);
        }
        return new Snapshot(
                was.time(),
                was.parent(),
                tree,
                was.paths(),
                was.hostname(),
                was.username(),
                was.uid(),
                was.gid(),
                was.excludes(),
                tags,
                was.original().or(() -> Optional.of(point.id())),
                was.programVersion(),
                Optional.empty());
    }
}
