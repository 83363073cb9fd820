package cofre.repository;

import cofre.format.PackId;
import cofre.format.Tree;
import cofre.progress.Progress;
import cofre.repository.check.DataCheck;
import cofre.repository.check.Finding;
import cofre.repository.check.Finding.Severity;
import cofre.repository.check.Findings;
import cofre.repository.check.StructureCheck;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.IndexLoader;
import cofre.seal.BlobSeal;
import cofre.seal.UnpackedSeal;
import cofre.storage.BackendException;
import java.util.List;
import java.util.Map;

/**
 * Checks a repository: its structure, and if wanted every byte. Changes nothing but its own lock, which lets others read
 * and add meanwhile. Nothing is taken from a cache: it is the store that is checked.
 */
public final class CheckRun {
    /**
     * What a check came to.
     *
     * @param findings what was found, the first ten thousand
     * @param damages how many are damage; 0 means that every restore point is whole
     * @param points restore points checked
     * @param trees directories checked
     * @param packs packs known
     * @param bytesRead bytes of packs read and verified; 0 without data
     */
    public record Report(List<Finding> findings, long damages, int points, int trees, int packs, long bytesRead) {
        public Report {
            findings = List.copyOf(findings);
        }

        /** Whether every restore point is whole, as far as was checked. */
        public boolean isSound() {
            return damages == 0;
        }
    }

    private final Repository repository;
    private final Progress progress;

    /** A check of an opened repository. */
    public CheckRun(Repository repository, Progress progress) {
        this.repository = repository;
        this.progress = progress;
    }

    /** Checks the structure and, with {@code readData}, every byte of every pack. */
    public Report run(boolean readData) throws BackendException, RepositoryException, InterruptedException {
        try (RepositoryLock lock = repository.lockShared()) {
            Findings findings = new Findings(progress);
            List<StoredSnapshot> points = snapshots(findings);
            BlobIndex index = index(findings);
            BlobReader reader = new BlobReader(index, repository.opened().store(), blobSeal());
            StructureCheck structure =
                    new StructureCheck(index, repository.opened().store(), id -> tree(reader, id), findings, progress);
            Map<PackId, Long> packs = structure.packs();
            progress.phase("checking directories");
            progress.total(
                    index.packs().stream().mapToInt(BlobIndex.PackUse::trees).sum(), 0);
            for (StoredSnapshot point : points) {
                structure.tree(point.id().toString(), point.snapshot().tree());
            }
            lock.ensureValid();
            long read = readData ? readData(index, packs, findings) : 0;
            return new Report(
                    findings.kept(), findings.damages(), points.size(), structure.treesSeen(), packs.size(), read);
        }
    }

    private List<StoredSnapshot> snapshots(Findings findings) throws BackendException {
        progress.phase("reading records");
        return repository.snapshotsOfStore((id, reason) -> findings.add(
                Severity.DAMAGE,
                "restore point " + id.hex(),
                reason,
                "this restore point cannot be used; others are not affected"));
    }

    private BlobIndex index(Findings findings) throws BackendException, InterruptedException {
        progress.phase("reading indexes");
        BlobIndex index = new BlobIndex();
        UnpackedSeal seal = new UnpackedSeal(
                repository.opened().sealer(), repository.config().version());
        new IndexLoader(
                        repository.opened().store(),
                        seal,
                        repository.opened().engine().tuning().downloads())
                .load(index)
                .forEach(skipped -> findings.add(
                        Severity.WARNING,
                        "index file " + skipped.name(),
                        skipped.reason(),
                        "what only it knows is reported as missing; it can be rebuilt from the packs"));
        return index;
    }

    private BlobSeal blobSeal() {
        return new BlobSeal(
                repository.opened().sealer(),
                repository.config().version(),
                repository.opened().engine().compression());
    }

    private static Tree tree(BlobReader reader, cofre.format.BlobId id)
            throws BackendException, StructureCheck.Unreadable {
        try {
            return reader.tree(id);
        } catch (RepositoryException e) {
            throw new StructureCheck.Unreadable(e.getMessage(), e);
        }
    }

    private long readData(BlobIndex index, Map<PackId, Long> packs, Findings findings)
            throws BackendException, InterruptedException {
        int threads = Math.max(2, Math.min(Runtime.getRuntime().availableProcessors(), 4));
        new DataCheck(
                        index,
                        repository.opened().store(),
                        repository.opened().sealer(),
                        blobSeal(),
                        repository.config().version(),
                        findings,
                        progress)
                .run(packs, threads);
        return packs.values().stream().mapToLong(Long::longValue).sum();
    }
}
