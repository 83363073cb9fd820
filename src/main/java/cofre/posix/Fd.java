package cofre.posix;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * An open file. Thread-safe: {@link #close()} while another thread is inside a call takes effect when that call returns,
 * so a descriptor's number is never given to a new file while somebody still uses the old one. There is no finalizer:
 * who opens it closes it.
 */
public final class Fd implements AutoCloseable {
    /** Set once closed; the bits below count the calls that are using the number. */
    private static final int CLOSED = 1 << 30;

    private final int number;
    private final Object label;
    private final IntConsumer closer;
    private final AtomicInteger users = new AtomicInteger();

    Fd(int number, Object label, IntConsumer closer) {
        this.number = number;
        this.label = label;
        this.closer = closer;
    }

    /**
     * The number, for one call; {@link #drop()} must follow.
     *
     * @throws IllegalStateException when closed
     */
    int hold() {
        if (users.incrementAndGet() > CLOSED) {
            drop();
            throw new IllegalStateException("cannot use " + this + ": it is closed");
        }
        return number;
    }

    /** Ends a {@link #hold()}. */
    void drop() {
        if (users.decrementAndGet() == CLOSED) {
            release();
        }
    }

    /** Whether {@link #close()} was called. */
    public boolean isClosed() {
        return users.get() >= CLOSED;
    }

    /** Closes it; again does nothing. What was written but not fsynced may still be lost: no error tells. */
    @Override
    public void close() {
        int before = users.getAndUpdate(n -> n >= CLOSED ? n : n + CLOSED);
        if (before == 0) {
            release();
        }
    }

    /** After CLOSED with no user nobody can hold it again, but a late {@link #hold()} may bounce: close only once. */
    private void release() {
        if (users.compareAndSet(CLOSED, RELEASED)) {
            closer.accept(number);
        }
    }

    private static final int RELEASED = CLOSED + (1 << 29);

    /** What it is open on, for messages. */
    @Override
    public String toString() {
        return Calls.describe(label);
    }
}
