package cofre.repository;

import cofre.format.BadCopy;
import cofre.format.PackId;
import cofre.progress.Progress;
import cofre.repository.check.DamagedPacks;
import cofre.repository.check.DataCheck;
import cofre.repository.check.Finding;
import cofre.repository.check.Finding.Severity;
import cofre.repository.check.Findings;
import cofre.repository.check.ReadChoice;
import cofre.repository.check.ReadTracker;
import cofre.repository.check.StructureCheck;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.IndexLoader;
import cofre.seal.BlobSeal;
import cofre.seal.UnpackedSeal;
import cofre.storage.BackendException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

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
     * @param bad copies of blobs that do not give them, as far as was checked, and those known before that still do not;
     *     the first hundred thousand
     */
    public record Report(
            List<Finding> findings, long damages, int points, int trees, int packs, long bytesRead, Set<BadCopy> bad) {
        public Report {
            findings = List.copyOf(findings);
            bad = Set.copyOf(bad);
        }

        /** Whether every restore point is whole, as far as was checked. */
        public boolean isSound() {
            return damages == 0;
        }
    }

    /**
     * What is checked besides the structure.
     *
     * @param choice which packs are read
     * @param known copies found bad before: they are looked at again
     * @param slotRead gets each {@linkplain ReadCoverage slot} all of whose packs were read; from any thread
     */
    public record Data(ReadChoice choice, Set<BadCopy> known, IntConsumer slotRead) {
        /** Nothing, or everything. */
        public static Data of(boolean readData) {
            return new Data(readData ? new ReadChoice.All() : new ReadChoice.None(), Set.of(), slot -> {});
        }
    }

    private final Repository repository;
    private final String name;
    private final Progress progress;

    /** A check of an opened repository. */
    public CheckRun(Repository repository, Progress progress) {
        this(repository, "REPOSITORY", progress);
    }

    /**
     * A check of an opened repository.
     *
     * @param name of the repository, as commands take it: findings name commands that help
     */
    public CheckRun(Repository repository, String name, Progress progress) {
        this.repository = repository;
        this.name = name;
        this.progress = progress;
    }

    /** Checks the structure and, with {@code readData}, every byte of every pack. */
    public Report run(boolean readData) throws BackendException, RepositoryException, InterruptedException {
        return run(Data.of(readData));
    }

    /** Checks the structure and the chosen packs. */
    public Report run(Data data) throws BackendException, RepositoryException, InterruptedException {
        try (RepositoryLock lock = repository.lockShared()) {
            Findings findings = new Findings(progress, name);
            List<StoredSnapshot> points = snapshots(findings);
            BlobIndex index = index(findings);
            BlobReader reader = new BlobReader(index, repository.opened().store(), blobSeal());
            DamagedPacks damaged = new DamagedPacks(index, findings);
            StructureCheck structure =
                    new StructureCheck(index, repository.opened().store(), reader.trees(), findings, damaged, progress);
            Map<PackId, Long> packs = structure.packs();
            progress.phase("checking directories");
            progress.total(
                    index.packs().stream().mapToInt(BlobIndex.PackUse::trees).sum(), 0);
            for (StoredSnapshot point : points) {
                structure.tree(point.id().toString(), point.snapshot().tree());
            }
            lock.ensureValid();
            long read = readData(data, index, packs, findings, damaged);
            lookAgain(data.known(), index, damaged);
            damaged.tell(reader::isSound);
            return new Report(
                    findings.kept(),
                    findings.damages(),
                    points.size(),
                    structure.treesSeen(),
                    packs.size(),
                    read,
                    damaged.bad());
        }
    }

    /** A pack is as bad as it was until it is seen to be sound; one that no index names any more is of no interest. */
    private static void lookAgain(Set<BadCopy> known, BlobIndex index, DamagedPacks damaged) {
        known.stream()
                .flatMap(copy -> copy.pack().stream())
                .distinct()
                .filter(index::containsPack)
                .forEach(damaged::doubt);
    }

    private List<StoredSnapshot> snapshots(Findings findings) throws BackendException {
        progress.phase("reading records");
        return repository.snapshotsOfStore((id, reason) -> findings.add(
                Severity.DAMAGE,
                "restore point " + id.hex(),
                reason,
                "this restore point cannot be used, others are not affected; to remove it: cofre repair snapshots "
                        + name + " --forget"));
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
                        "what only it knows is reported as missing; to make it anew from the packs: cofre repair index "
                                + name));
        return index;
    }

    private BlobSeal blobSeal() {
        return new BlobSeal(
                repository.opened().sealer(),
                repository.config().version(),
                repository.opened().engine().compression());
    }

    private long readData(Data data, BlobIndex index, Map<PackId, Long> packs, Findings findings, DamagedPacks damaged)
            throws BackendException, InterruptedException {
        if (data.choice() instanceof ReadChoice.None) {
            return 0;
        }
        Map<PackId, Long> chosen =
                data.choice().among(packs, repository.opened().engine().random());
        ReadTracker tracker = new ReadTracker(data.slotRead());
        tracker.begin(packs.keySet());
        int threads = Math.max(2, Math.min(Runtime.getRuntime().availableProcessors(), 4));
        new DataCheck(
                        index,
                        repository.opened().store(),
                        repository.opened().sealer(),
                        blobSeal(),
                        repository.config().version(),
                        findings,
                        damaged,
                        tracker,
                        progress)
                .run(chosen, threads);
        return chosen.values().stream().mapToLong(Long::longValue).sum();
    }
}
