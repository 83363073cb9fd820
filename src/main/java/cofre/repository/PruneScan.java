package cofre.repository;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.SnapshotId;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.BlobMarks;
import cofre.repository.index.IndexLoader;
import cofre.repository.index.Trees;
import cofre.repository.pack.PackHeaders;
import cofre.repository.prune.IndexFiles;
import cofre.repository.prune.PackTally;
import cofre.repository.prune.UsedBlobs;
import cofre.seal.BlobSeal;
import cofre.seal.UnpackedSeal;
import cofre.storage.BackendException;
import cofre.storage.FileType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a prune finds in a repository before it decides: reads only, restore points first, then the index, then packs. */
final class PruneScan {
    private final Repository repository;
    private final Progress progress;
    private final BlobIndex index = new BlobIndex();
    private final UnpackedSeal unpacked;
    private final BlobSeal blobs;
    private final IndexFiles files;
    private final Set<SnapshotId> points = new HashSet<>();
    private final Set<String> unusable = new HashSet<>();
    private final List<IndexFile.Pack> revived = new ArrayList<>();
    private Map<PackId, Long> unindexed = Map.of();
    private long[] stored = {};
    private BlobMarks marks;
    private PackTally tally;

    private PruneScan(Repository repository, Progress progress) {
        Repository.Opened opened = repository.opened();
        this.repository = repository;
        this.progress = progress;
        this.unpacked = new UnpackedSeal(opened.sealer(), opened.config().version());
        this.blobs = new BlobSeal(
                opened.sealer(), opened.config().version(), opened.engine().compression());
        this.files = new IndexFiles(index, opened.store(), unpacked);
    }

    /** Looks. The caller holds a lock that keeps others from removing anything. */
    static PruneScan of(Repository repository, SparedPoints spared, Progress progress)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        PruneScan scan = new PruneScan(repository, progress);
        progress.phase("reading records");
        List<StoredSnapshot> points = scan.newPoints();
        progress.phase("reading indexes");
        scan.loadNew(scan.index, scan.files);
        scan.refuseNone(points);
        scan.listPacks();
        scan.marks = scan.markUsed(points);
        scan.spare(spared);
        scan.tally = new PackTally(scan.index, scan.marks, scan.stored);
        return scan;
    }

    /** A store that shows no restore point may hide them, and nobody prunes what he wants to be rid of. */
    private void refuseNone(List<StoredSnapshot> found) throws RepositoryException {
        if (found.isEmpty() && !index.packs().isEmpty()) {
            throw new RepositoryException.Damaged(
                    "cannot prune " + repository.location()
                            + ": no restore points vs at least one, so everything would go;"
                            + " nothing was changed; make a restore point first, or delete the whole repository if it is"
                            + " not needed",
                    null);
        }
    }

    /** Restore points that were not there at the last look. One that cannot be read ends the prune. */
    List<StoredSnapshot> newPoints() throws BackendException, RepositoryException {
        List<String> unreadable = new ArrayList<>();
        List<StoredSnapshot> found = repository.snapshotsOfStore(points, (id, reason) -> unreadable.add(reason));
        if (!unreadable.isEmpty()) {
            throw refusal(unreadable.get(0));
        }
        found.forEach(point -> points.add(point.id()));
        return found;
    }

    /** Adds index files that are neither known nor known to be unusable. */
    void loadNew(BlobIndex into, IndexLoader.Listener listener) throws BackendException, InterruptedException {
        Set<String> known = files.names();
        known.addAll(into.files());
        known.addAll(unusable);
        new IndexLoader(
                        repository.opened().store(),
                        unpacked,
                        repository.opened().engine().tuning().downloads())
                .load(into, name -> !known.contains(name), listener)
                .forEach(skipped -> {
                    unusable.add(skipped.name());
                    progress.message(Level.WARNING, skipped.reason() + "; it is left as it is; run cofre check");
                });
    }

    private void listPacks() throws BackendException {
        long[] sizes = new long[index.packs().size()];
        Arrays.fill(sizes, -1);
        Map<PackId, Long> others = new HashMap<>();
        repository.opened().store().list(FileType.DATA, file -> {
            PackId pack = PackId.parse(file.name());
            int number = index.numberOf(pack);
            if (number < 0) {
                others.put(pack, file.size());
            } else {
                sizes[number] = file.size();
            }
        });
        stored = sizes;
        unindexed = others;
    }

    /** Marks all that is used; what no index names is looked for in packs no index names, where a lost race may have left it. */
    private BlobMarks markUsed(List<StoredSnapshot> all)
            throws BackendException, RepositoryException, InterruptedException {
        progress.phase("reading directories");
        while (true) {
            BlobMarks used = index.newMarks();
            UsedBlobs search = new UsedBlobs(used, new BlobIndex(), reader().trees(), blob -> progress.add(1, 0));
            walk(search, all);
            Set<BlobHandle> missing = search.missing();
            if (missing.isEmpty()) {
                return used;
            }
            if (!revive(missing)) {
                throw refusal(missing.size() + " blobs restore points need, such as "
                        + missing.iterator().next() + ", are in no index and in no pack without one");
            }
        }
    }

    /**
     * Marks what points need that may come back. One that is not whole any more leaves no marks at all: a marked directory is
     * one whose content is marked as well, and new points are judged by that.
     */
    private void spare(SparedPoints spared)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        PointNeeds needs = new PointNeeds(index, reader(), marks::isMarked);
        for (Map.Entry<SnapshotId, BlobId> point : spared.roots().entrySet()) {
            Optional<String> missing = needs.missing(point.getValue());
            if (missing.isPresent()) {
                spared.lost(point.getKey(), missing.get());
            } else {
                walk(
                        new UsedBlobs(marks, new BlobIndex(), reader().trees(), blob -> progress.add(1, 0)),
                        point.getValue());
            }
        }
    }

    private void walk(UsedBlobs search, BlobId root)
            throws BackendException, RepositoryException, InterruptedException {
        try {
            search.below(root);
        } catch (Trees.Unreadable e) {
            throw refusal(e.getMessage());
        }
    }

    void walk(UsedBlobs search, List<StoredSnapshot> below)
            throws BackendException, RepositoryException, InterruptedException {
        for (StoredSnapshot point : below) {
            walk(search, point.snapshot().tree());
        }
    }

    private boolean revive(Set<BlobHandle> missing) throws BackendException {
        int before = revived.size();
        for (PackId pack : unindexed.keySet()) {
            headers()
                    .read(pack)
                    .filter(content -> content.blobs().stream().anyMatch(blob -> missing.contains(blob.blob())))
                    .ifPresent(revived::add);
        }
        List<IndexFile.Pack> found = revived.subList(before, revived.size());
        found.forEach(pack -> {
            index.add(pack);
            progress.message(
                    Level.WARNING,
                    "pack " + pack.id().hex() + " is in no index, but restore points need it; it is put back into one");
        });
        listPacks();
        return !found.isEmpty();
    }

    RepositoryException refusal(String reason) {
        return new RepositoryException.Damaged(
                "cannot prune " + repository.location() + ": " + reason
                        + "; what it needs is not known, so nothing may be"
                        + " deleted; run cofre check, and forget the restore points that are not whole",
                null);
    }

    /** Reads what the index as scanned names, from the cache where it may. */
    BlobReader reader() {
        return new BlobReader(index, repository.opened().cached(), blobs);
    }

    /** Reads the same from the store itself: what others are deleted for must be there. */
    BlobReader directReader() {
        return new BlobReader(index, repository.opened().store(), blobs);
    }

    /** Bytes an indexed pack has on the store, -1 when it is not there. */
    long stored(PackId pack) {
        return stored[index.numberOf(pack)];
    }

    PackHeaders headers() {
        return new PackHeaders(
                repository.opened().store(),
                repository.opened().sealer(),
                repository.config().version());
    }

    BlobIndex index() {
        return index;
    }

    IndexFiles files() {
        return files;
    }

    UnpackedSeal unpacked() {
        return unpacked;
    }

    BlobSeal blobs() {
        return blobs;
    }

    BlobMarks marks() {
        return marks;
    }

    PackTally tally() {
        return tally;
    }

    /** Packs that must be named again, as restore points need them. */
    List<IndexFile.Pack> revived() {
        return revived;
    }

    /** Packs on the store that no index named, with their lengths. */
    Map<PackId, Long> unindexed() {
        return unindexed;
    }
}
