package cofre.storage;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Tries again what may succeed later: {@link BackendException.Unreachable} until the policy gives up,
 * {@link BackendException.TransferDamage} a few times. Everything else passes at once. The only place that retries.
 *
 * <p>An upload that fails may have succeeded unseen; when the repetition finds the file there, it is compared with what was
 * to be stored, and counts as stored when it is that.
 */
public final class RetryingBackend implements Backend {
    private final Backend inner;
    private final Attempts attempts;

    /**
     * @param nanoTime a monotonic clock in nanoseconds
     * @param sleeper waits between tries; its interruption ends them
     * @param random jitter, so that many clients of a store do not come back in step
     */
    public RetryingBackend(
            Backend inner, RetryPolicy policy, LongSupplier nanoTime, Sleeper sleeper, RandomGenerator random) {
        this.inner = inner;
        this.attempts = new Attempts(policy, nanoTime, sleeper, random);
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public void create() throws BackendException {
        attempts.run(tries -> {
            inner.create();
            return true;
        });
    }

    @Override
    public long size(FileHandle file) throws BackendException {
        return attempts.run(tries -> inner.size(file));
    }

    @Override
    public byte[] get(FileHandle file, long maxLength) throws BackendException {
        return attempts.run(tries -> inner.get(file, maxLength));
    }

    @Override
    public void read(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException {
        attempts.run(tries -> {
            inner.read(file, offset, into, at, length);
            return true;
        });
    }

    @Override
    public void put(FileHandle file, Payload payload) throws BackendException {
        attempts.run(tries -> {
            try {
                inner.put(file, payload);
            } catch (BackendException.AlreadyExists e) {
                if (tries == 1) {
                    throw e;
                }
                new EarlierUpload(inner, file, payload).settle(e);
            }
            return true;
        });
    }

    @Override
    public void list(FileType type, Consumer<FileInfo> each) throws BackendException {
        attempts.run(tries -> {
            // The port promises that a listing which fails has handed over nothing: no row comes twice.
            inner.list(type, each);
            return true;
        });
    }

    @Override
    public void delete(FileHandle file) throws BackendException {
        attempts.run(tries -> {
            inner.delete(file);
            return true;
        });
    }

    @Override
    public void close() {
        inner.close();
    }
}
