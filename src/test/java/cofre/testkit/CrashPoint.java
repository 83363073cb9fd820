package cofre.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts everything a process asks of the world, and lets it die at one of these operations: from then on each operation of
 * any of its threads dies too, as nothing of a dead process reaches the world. Thread-safe.
 */
public final class CrashPoint {
    /** When, at its operation, the process dies. */
    public enum Moment {
        /** The operation does not happen. */
        BEFORE,
        /** The operation happens, but the process never hears of it. */
        UNACKNOWLEDGED
    }

    private final int at;
    private final Moment moment;
    private final List<String> operations = new ArrayList<>(); // guarded by this, as is dead
    private boolean dead;

    /** Dies at the {@code at}th operation, the first being 1. */
    public CrashPoint(int at, Moment moment) {
        this.at = at;
        this.moment = moment;
    }

    /** A process that only counts. */
    public static CrashPoint never() {
        return new CrashPoint(0, Moment.BEFORE);
    }

    /** What is asked of the world. */
    public interface Operation<T, E extends Exception> {
        T run() throws E;
    }

    /** Does the operation, unless the process is dead or dies now. */
    public <T, E extends Exception> T run(String name, Operation<T, E> operation) throws E {
        boolean last = begin(name);
        T result;
        try {
            result = operation.run();
        } catch (Throwable e) {
            acknowledge(name, last); // an error is an answer too, which the dead never hear
            throw e;
        }
        acknowledge(name, last);
        return result;
    }

    private synchronized void acknowledge(String name, boolean last) {
        dead |= last;
        dieIfDead(name);
    }

    private synchronized boolean begin(String name) {
        dieIfDead(name);
        operations.add(name);
        boolean hit = operations.size() == at;
        dead = hit && moment == Moment.BEFORE;
        dieIfDead(name);
        return hit;
    }

    private void dieIfDead(String name) {
        if (dead) {
            throw new SimulatedCrash(name);
        }
    }

    /** Whether the process died. */
    public synchronized boolean isDead() {
        return dead;
    }

    /** Everything that was asked, in order. */
    public synchronized List<String> operations() {
        return List.copyOf(operations);
    }

    @Override
    public synchronized String toString() {
        return moment + " operation " + at + " of " + operations;
    }
}
