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

    /** Bytes moved so far, in or out. */
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
     * @param slack bytes that may be on their way without having been counted
     */
    boolean isTooSlow(long nowNanos, long graceNanos, long minBytesPerSecond, int slack) {
        if (!waitingForClient || minBytesPerSecond == 0) {
            return false;
        }
        double allowedSeconds = (bytes + slack) / (double) minBytesPerSecond;
        return nowNanos - beganNanos - graceNanos > allowedSeconds * 1e9;
    }
}
