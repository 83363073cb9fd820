package cofre.repository;

import cofre.format.PackId;
import cofre.format.Sha256;
import cofre.progress.Progress;
import cofre.repository.prune.PrunePlan;
import cofre.repository.prune.PruneRules;
import cofre.seal.Compression;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * Gives back the room of what no restore point needs. In this order, each step harmless to end at:
 *
 * <pre>
 * 1 lock        shared: others read and add meanwhile
 * 2 look        records, then the index, then which packs are stored; mark what is used; remember which packs wait
 * 3 delete      packs that waited long enough                                    (nobody else there, for moments)
 * 4 copy        what is used of packs to be dropped into new packs; then their index
 * 5 verify      the copy that stays of a blob that has several is read and hashed
 * 6 write       index files without the packs to be dropped, beside the old ones
 * 7 drop        the old index files                                              (nobody else there, for moments)
 * </pre>
 *
 * The packs dropped are deleted by a later run. For one thread and one use; an interrupt ends it.
 */
public final class PruneRun {
    private final Repository repository;
    private final PruneOptions options;
    private final PruneMemory memory;
    private final SparedPoints spared;
    private final Progress progress;

    /** A prune of an opened repository. */
    public PruneRun(Repository repository, PruneOptions options, PruneMemory memory, Progress progress) {
        this(repository, options, memory, SparedPoints.NONE, progress);
    }

    /** The same that spares what these points need, too. */
    public PruneRun(
            Repository repository, PruneOptions options, PruneMemory memory, SparedPoints spared, Progress progress) {
        this.spared = spared;
        this.repository = repository;
        this.options = options;
        this.memory = memory;
        this.progress = progress;
    }

    /**
     * What would be done. Changes nothing but its own lock, which lets others read and add meanwhile.
     *
     * @throws RepositoryException.Damaged when a record or a directory cannot be read: what it needs is not known; also
     *     when there is no record at all
     */
    public PrunePlan plan() throws BackendException, RepositoryException, InterruptedException {
        try (RepositoryLock lock = repository.lockShared()) {
            PrunePlan plan = PrunePlan.of(scan().tally().facts(), options.rules());
            lock.ensureValid();
            return plan;
        }
    }

    /**
     * Prunes.
     *
     * @param stop asked before each pack and while waiting: true ends the copying, and what was copied is put to use
     * @throws RepositoryException.Damaged when a record or a directory cannot be read, or something restore points need is
     *     not there; nothing was changed
     * @throws BackendException.Refused when the store lets nothing be deleted; nothing was changed
     */
    public PruneReport run(BooleanSupplier stop) throws BackendException, RepositoryException, InterruptedException {
        refuseAppendOnly();
        try (RepositoryLock lock = repository.lockShared()) {
            PruneScan scan = scan();
            PrunePlan plan = PrunePlan.of(scan.tally().facts(), rules());
            if (!plan.obstacles().isEmpty()) {
                throw new RepositoryException.Damaged(
                        "cannot prune " + repository.location() + ": "
                                + plan.obstacles().get(0) + " vs all of them there; nothing was changed;"
                                + " run cofre check to see which restore points are not whole",
                        null);
            }
            return new PruneWork(repository, scan, lock, options, memory, progress, stop).run(plan);
        }
    }

    private PruneScan scan() throws BackendException, RepositoryException, InterruptedException {
        try {
            return PruneScan.of(repository, spared, progress);
        } catch (IOException e) {
            throw new RepositoryException.Damaged(
                    "cannot prune " + repository.location() + ": which forgotten points may come back is not known ("
                            + e + ") vs known; nothing was changed; see state_dir",
                    e);
        }
    }

    /** Writing anew what cannot be compressed would go on for ever. */
    private PruneRules rules() {
        boolean compresses = repository.config().version() >= 2
                && repository.opened().engine().compression() != Compression.OFF;
        PruneRules rules = options.rules();
        return new PruneRules(
                rules.maxUnused(),
                rules.small(),
                rules.mixed(),
                rules.uncompressed() && compresses,
                rules.onlyCacheable());
    }

    /** Asks to delete a pack that cannot be there: a store that is only added to says no to that too. */
    private void refuseAppendOnly() throws BackendException {
        byte[] name = new byte[Sha256.LENGTH];
        repository.opened().engine().random().nextBytes(name);
        try {
            repository.opened().store().delete(new FileHandle(FileType.DATA, new PackId(Sha256.of(name)).hex()));
        } catch (BackendException.Refused e) {
            throw new BackendException.Refused(
                    "cannot prune " + repository.location() + ": the store lets us add, not delete (" + e.getMessage()
                            + ") vs both; nothing was changed; prune with credentials that may delete, used for this"
                            + " alone, or on the store's own machine",
                    e);
        }
    }
}
