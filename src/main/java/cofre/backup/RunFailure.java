package cofre.backup;

import cofre.repository.RepositoryException;
import cofre.source.SourceException;
import cofre.storage.BackendException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The first thing that made a run impossible, brought from the thread that met it to the one that owns the run. What one
 * file alone suffers is not a failure, see {@link Unreadable}. Thread-safe.
 */
final class RunFailure {
    private final AtomicReference<Throwable> first = new AtomicReference<>();

    /** Keeps the first one. */
    void set(Throwable failure) {
        first.compareAndSet(null, failure);
    }

    boolean isSet() {
        return first.get() != null;
    }

    /** Throws what was kept, if anything. */
    void check() throws SourceException, BackendException, RepositoryException, InterruptedException {
        Throwable failure = first.get();
        if (failure == null) {
            return;
        }
        if (failure instanceof SourceException e) {
            throw e;
        }
        if (failure instanceof BackendException e) {
            throw e;
        }
        if (failure instanceof RepositoryException e) {
            throw e;
        }
        if (failure instanceof InterruptedException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException("cannot go on with the run: " + failure, failure);
    }
}
