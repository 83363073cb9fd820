package cofre.repository;

import cofre.format.BlobHandle;
import cofre.format.BlobPlace;
import cofre.format.PackId;
import cofre.progress.Progress;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.IndexWriter;
import cofre.storage.BackendException;
import cofre.storage.FileType;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Replaces damaged packs: what can be read of them, and is in no other pack, is kept anew; then they leave the index, and only
 * then are they deleted. An end at any moment loses nothing that could be read. For one thread and one use.
 */
public final class PackRepair {
    private final Repository repository;
    private final Progress progress;
    private final RepairLog log;

    /** A repair of an opened repository. */
    public PackRepair(Repository repository, Progress progress) {
        this.repository = repository;
        this.progress = progress;
        this.log = new RepairLog(progress);
    }

    /**
     * Repairs, while nobody else works on the repository.
     *
     * @param packs which; one that is neither stored nor in the index counts as repaired
     * @param dryRun only says what would be done
     */
    public RepairReport run(Set<PackId> packs, boolean dryRun)
            throws BackendException, RepositoryException, InterruptedException {
        try (RepositoryLock lock = repository.lockExclusive()) {
            RepairScan scan = RepairScan.of(repository, progress);
            Set<PackId> there = new LinkedHashSet<>(packs);
            there.removeIf(
                    pack -> !scan.stored().containsKey(pack) && !scan.index().containsPack(pack));
            for (PackId pack : there) {
                scan.headers().read(pack).ifPresent(scan.index()::add); // it may know more than the index
            }
            salvage(scan, there, dryRun, lock);
            if (!dryRun && !there.isEmpty()) {
                drop(scan, there, lock);
            }
            return log.report();
        }
    }

    private void salvage(RepairScan scan, Set<PackId> packs, boolean dryRun, RepositoryLock lock)
            throws BackendException, RepositoryException, InterruptedException {
        progress.phase("reading packs");
        BlobIndex fresh = new BlobIndex();
        IndexWriter writer = new IndexWriter(
                repository.opened().store(),
                scan.unpacked(),
                fresh,
                repository.opened().engine().nanoTime());
        BlobSink.Target target = new BlobSink.Target(
                repository.opened().at(), repository.opened().engine().tuning(), pack -> {}, lock);
        try (BlobSink sink =
                new BlobSink(fresh, scan.blobs(), repository.opened().sealer(), writer, target)) {
            for (Map.Entry<PackId, Set<BlobHandle>> pack : scan.claims(packs).entrySet()) {
                salvage(scan, pack.getKey(), pack.getValue(), packs, dryRun ? null : sink);
            }
            if (!dryRun) {
                sink.flush();
                scan.files().addWritten(fresh.files());
            }
        }
    }

    /** @param sink null for none */
    private void salvage(RepairScan scan, PackId pack, Set<BlobHandle> blobs, Set<PackId> packs, BlobSink sink)
            throws BackendException, RepositoryException, InterruptedException {
        BlobReader reader = scan.reader();
        int elsewhere = 0;
        int kept = 0;
        for (BlobHandle blob : blobs) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the repair was interrupted");
            }
            if (isSoundElsewhere(scan, reader, blob, packs)) {
                elsewhere++;
                continue;
            }
            try {
                byte[] plain = reader.read(blob);
                kept++;
                if (sink != null) {
                    sink.save(blob.type(), plain, 0, plain.length);
                }
            } catch (RepositoryException.Damaged e) {
                log.lost(blob.type().text() + " blob " + blob.id().hex(), "it is lost: " + e.getMessage());
            }
        }
        log.changed(
                "pack " + pack.hex(),
                "of its " + blobs.size() + " blobs " + elsewhere + " are in other packs, " + kept
                        + " are kept anew, and " + (blobs.size() - elsewhere - kept) + " are lost; it is deleted");
        progress.add(1, 0);
    }

    private static boolean isSoundElsewhere(RepairScan scan, BlobReader reader, BlobHandle blob, Set<PackId> packs)
            throws BackendException {
        for (BlobPlace place : scan.index().findAll(blob)) {
            if (!packs.contains(place.pack()) && reader.isSound(place)) {
                return true;
            }
        }
        return false;
    }

    private void drop(RepairScan scan, Set<PackId> packs, RepositoryLock lock)
            throws BackendException, RepositoryException {
        progress.phase("writing indexes");
        BitSet gone = new BitSet();
        packs.forEach(pack -> {
            if (scan.index().containsPack(pack)) {
                gone.set(scan.index().numberOf(pack));
            }
        });
        scan.dropPacks(gone, lock);
        progress.phase("deleting packs");
        for (PackId pack : packs) {
            scan.delete(FileType.DATA, pack.hex(), lock);
        }
    }
}
