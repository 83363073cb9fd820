package cofre.progress;

/** A clock for durations: never set, never goes back. Passed in so that tests can make time pass. */
@FunctionalInterface
public interface Ticker {
    /** The clock of the machine. */
    Ticker SYSTEM = System::nanoTime;

    /** Nanoseconds since some moment; only differences mean anything. */
    long nanos();
}
