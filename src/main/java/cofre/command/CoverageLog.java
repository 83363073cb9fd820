package cofre.command;

import cofre.repository.check.ReadCoverage;
import java.time.Duration;
import java.util.BitSet;
import java.util.function.LongSupplier;

/**
 * Remembers while a check reads which slots are done: at most once a minute and at the end, so that one that is killed has
 * hardly to be begun again. Thread-safe.
 */
final class CoverageLog implements AutoCloseable {
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final RepositoryHealth health;
    private final LongSupplier nanos;
    private final ReadCoverage before;
    private final BitSet done = new BitSet(); // guarded by this, as is the next
    private long written;

    /** @param before as it is when the check begins */
    CoverageLog(RepositoryHealth health, LongSupplier nanos, ReadCoverage before) {
        this.health = health;
        this.nanos = nanos;
        this.before = before;
        this.written = nanos.getAsLong();
    }

    synchronized void slotRead(int slot) {
        done.set(slot);
        if (nanos.getAsLong() - written > PAUSE) {
            write();
        }
    }

    private void write() {
        written = nanos.getAsLong();
        health.covered(before.with(done));
    }

    @Override
    public synchronized void close() {
        write();
    }
}
