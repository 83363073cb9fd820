package cofre.posix;

/** A clock for durations and deadlines that never goes back. */
@FunctionalInterface
public interface Ticker {
    /** Nanoseconds since some moment; only differences mean something. */
    long nanos();
}
