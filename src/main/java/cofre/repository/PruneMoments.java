package cofre.repository;

import cofre.repository.lock.LockRules;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import java.time.Duration;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/**
 * Deletes files while nobody else is there, for a moment at a time: between moments whoever wants to work on the repository
 * can begin, and we wait until he is done.
 */
final class PruneMoments {
    /** How long nobody else may begin: shorter than runs of ours wait, and not felt by people. */
    private static final Duration MOMENT = Duration.ofSeconds(3);

    /** What has to be looked at before files go, each time anew. */
    interface Look {
        /** Takes away from the files to be deleted those that must stay. */
        void again() throws BackendException, RepositoryException, InterruptedException;
    }

    private final Repository repository;
    private final RepositoryLock shared;
    private final PruneOptions options;
    private final BooleanSupplier stop;

    PruneMoments(Repository repository, RepositoryLock shared, PruneOptions options, BooleanSupplier stop) {
        this.repository = repository;
        this.shared = shared;
        this.options = options;
        this.stop = stop;
    }

    /**
     * Deletes them, the first first, each after a look.
     *
     * @return why it ended before all were deleted, a sentence; empty when all were
     */
    String delete(Deque<FileHandle> files, Look look)
            throws BackendException, RepositoryException, InterruptedException {
        if (files.isEmpty()) {
            return "";
        }
        look.again(); // what takes long is done before others have to wait
        long start = now();
        while (!files.isEmpty()) {
            try (RepositoryLock alone = shared.alsoExclusive(believed())) {
                look.again();
                deleteForAMoment(files, alone);
                start = now();
                if (stop.getAsBoolean() && !files.isEmpty()) {
                    return "it was stopped with " + files.size() + " files to delete; the next run goes on";
                }
            } catch (RepositoryException.Locked e) {
                if (stop.getAsBoolean() || now() - start >= options.patience().toNanos()) {
                    return e.getMessage();
                }
                Thread.sleep(5 * repository.opened().engine().holder().settleMillis());
            }
        }
        return "";
    }

    /** Whose lock was not refreshed may be asleep: giving way to him costs nothing but time. */
    private Duration believed() {
        return options.grace().compareTo(LockRules.STALE_AFTER) > 0 ? options.grace() : LockRules.STALE_AFTER;
    }

    private void deleteForAMoment(Deque<FileHandle> files, RepositoryLock alone)
            throws BackendException, RepositoryException {
        long start = now();
        while (!files.isEmpty() && now() - start < MOMENT.toNanos()) {
            shared.ensureValid();
            alone.ensureValid();
            repository.opened().store().delete(files.element());
            files.remove();
        }
    }

    private long now() {
        return repository.opened().engine().nanoTime().getAsLong();
    }
}
