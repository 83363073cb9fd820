package cofre.fuse;

import java.util.concurrent.atomic.AtomicBoolean;

/** A request that waits for its answer. */
final class Pending {
    final long unique;
    final int opcode;
    final long deadline;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** {@code deadline}: by the ticker. */
    Pending(long unique, int opcode, long deadline) {
        this.unique = unique;
        this.opcode = opcode;
        this.deadline = deadline;
    }

    /** True for the first who wants to answer, and for nobody after him. */
    boolean claim() {
        return answered.compareAndSet(false, true);
    }

    boolean isAnswered() {
        return answered.get();
    }
}
