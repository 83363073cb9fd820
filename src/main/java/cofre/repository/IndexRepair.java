package cofre.repository;

import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.progress.Progress;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.IndexLoader;
import cofre.storage.BackendException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes the index say what the packs hold: packs it does not name, or not truly, are named as their headers say; packs that are
 * not there are named no more; index files that cannot be read go. New index files are written before old ones are removed, so
 * that an end at any moment loses nothing. For one thread and one use.
 */
public final class IndexRepair {
    private final Repository repository;
    private final Progress progress;
    private final RepairLog log;
    private final List<IndexFile.Pack> fresh = new ArrayList<>();
    private final BitSet gone = new BitSet();

    /** A repair of an opened repository. */
    public IndexRepair(Repository repository, Progress progress) {
        this.repository = repository;
        this.progress = progress;
        this.log = new RepairLog(progress);
    }

    /**
     * Repairs, while nobody else works on the repository.
     *
     * @param dryRun only says what would be done
     * @param readAll asks every pack, also those of which the index says nothing that can be seen to be wrong
     */
    public RepairReport run(boolean dryRun, boolean readAll)
            throws BackendException, RepositoryException, InterruptedException {
        try (RepositoryLock lock = repository.lockExclusive()) {
            RepairScan scan = RepairScan.of(repository, progress);
            for (IndexLoader.Skipped bad : scan.damagedFiles()) {
                log.changed("index file " + bad.name(), bad.reason() + "; it is removed");
            }
            missing(scan);
            askPacks(scan, readAll);
            if (!dryRun
                    && !(fresh.isEmpty()
                            && gone.isEmpty()
                            && scan.damagedFiles().isEmpty())) {
                progress.phase("writing indexes");
                scan.replaceIndex(gone, fresh, lock);
            }
            return log.report();
        }
    }

    private void missing(RepairScan scan) {
        List<BlobIndex.PackUse> packs = scan.index().packs();
        for (int number = 0; number < packs.size(); number++) {
            if (!scan.stored().containsKey(packs.get(number).id())) {
                gone.set(number);
                log.changed(
                        "pack " + packs.get(number).id().hex(),
                        "it is not there; the index names it no more, nor its "
                                + packs.get(number).blobs() + " blobs in it");
            }
        }
    }

    private void askPacks(RepairScan scan, boolean readAll) throws BackendException, InterruptedException {
        progress.phase("reading headers of packs");
        List<PackId> doubtful = scan.stored().keySet().stream()
                .filter(pack -> readAll || !scan.hasTrueLength(pack))
                .sorted(Comparator.comparing(PackId::hash))
                .toList();
        progress.total(doubtful.size(), 0);
        for (PackId pack : doubtful) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the repair was interrupted");
            }
            ask(scan, pack);
            progress.add(1, 0);
        }
    }

    private void ask(RepairScan scan, PackId pack) throws BackendException {
        Optional<IndexFile.Pack> header = scan.headers().read(pack);
        int number = scan.index().numberOf(pack);
        if (header.isPresent() && scan.agrees(header.get())) {
            return;
        }
        if (header.isPresent()) {
            fresh.add(header.get());
            if (number >= 0) {
                gone.set(number);
            }
            log.changed(
                    "pack " + pack.hex(),
                    (number < 0 ? "no index names it" : "the index says something else of it than it says itself")
                            + "; its " + header.get().blobs().size() + " blobs are indexed");
        } else if (number >= 0) {
            log.step("pack " + pack.hex(), "its header cannot be read; what the index says of it stays: repair packs");
        } else {
            log.step("pack " + pack.hex(), "no index names it, and its header cannot be read; it is left as it is");
        }
    }
}
