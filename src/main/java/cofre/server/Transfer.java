package cofre.server;

/**
 * How far one request has come, for {@link ConnectionGuard}. Written by the thread that moves the bytes, read by the
 * guard.
 */
final class Transfer {
    private final long beganNanos;
    private volatile long bytes;
    private volatile boolean waitingForClient = true;

    Transfer(long beganNanos) {
        this.beganNanos = beganNanos;
    }

    /** Bytes taken from the client so far, or handed to the network for it: those may still be on their way. */
    void moved(long total) {
        bytes = total;
    }

    /** From here on the server works (fsync, for example): the client cannot be blamed for the time. */
    void serverWorks() {
        waitingForClient = false;
    }

    boolean isServerWorking() {
        return !waitingForClient;
    }

    /**
     * True when the client has had more time than the slowest allowed rate would take.
     *
     * @param graceNanos free time at the beginning
     */
    boolean isTooSlow(long nowNanos, long graceNanos, long minBytesPerSecond) {
        if (!waitingForClient || minBytesPerSecond == 0) {
            return false;
        }
        double allowedSeconds = bytes / (double) minBytesPerSecond;
        return nowNanos - beganNanos - graceNanos > allowedSeconds * 1e9;
    }
}
