package cofre.zfs;

import java.time.Duration;

/** Lets time pass between two attempts. Passed in, so that tests need not wait. */
@FunctionalInterface
public interface Pause {
    /** Returns after {@code time}, or at once with the thread's interrupt status set when it was interrupted. */
    void forTime(Duration time);
}
