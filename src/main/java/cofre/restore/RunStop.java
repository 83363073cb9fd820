package cofre.restore;

import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The first thing that made a restore impossible, brought from the thread that met it to the one that owns the run. What
 * one entry alone suffers is not such a thing, see {@link Tally}. Thread-safe.
 */
final class RunStop {
    private final AtomicReference<Throwable> first = new AtomicReference<>();

    void set(Throwable cause) {
        first.compareAndSet(null, cause);
    }

    boolean isSet() {
        return first.get() != null;
    }

    /** Throws what was kept, if anything. */
    void check() throws BackendException, RepositoryException, TargetException, InterruptedException {
        Throwable cause = first.get();
        if (cause == null) {
            return;
        }
        if (cause instanceof BackendException e) {
            throw e;
        }
        if (cause instanceof RepositoryException e) {
            throw e;
        }
        if (cause instanceof TargetException e) {
            throw e;
        }
        if (cause instanceof InterruptedException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException("cannot go on with the restore: " + cause, cause);
    }
}
