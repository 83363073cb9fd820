package cofre.posix;

import java.time.Duration;

/** Sends messages to a Unix datagram socket that somebody else listens on, such as that of syslogd(8). Thread-safe. */
public final class UnixDatagrams implements AutoCloseable {
    private static final int PAUSE_MILLIS = 10;

    private final Calls calls;
    private final Fd socket;
    private final Ticker ticker;

    UnixDatagrams(Calls calls, Fd socket, Ticker ticker) {
        this.calls = calls;
        this.socket = socket;
        this.ticker = ticker;
    }

    /**
     * Sends one message, whole.
     *
     * @param patience how long a receiver that is too slow is waited for
     * @throws PosixException when it did not take it in time, is not there any more, or takes none of this length
     */
    public void send(byte[] message, Duration patience) throws PosixException {
        Scratch s = calls.scratch();
        if (message.length > Scratch.BULK_LENGTH) {
            throw new PosixException(
                    Errno.EMSGSIZE, "send", socket.toString(), message.length + " bytes vs " + Scratch.BULK_LENGTH);
        }
        s.bulk().put(0, message);
        Deadline until = Deadline.in(patience, ticker);
        int number = socket.hold();
        try {
            while (calls.c.send(
                            number,
                            s.bulkAddress(),
                            message.length,
                            calls.platform.numbers().noSignal())
                    < 0) {
                int last = calls.lastNumber();
                Errno errno = calls.errnoOf(last);
                if (errno == Errno.EAGAIN || errno == Errno.ENOBUFS) {
                    await(errno, number, until);
                } else if (errno != Errno.EINTR) {
                    throw calls.failure("send", socket, last);
                }
            }
        } finally {
            socket.drop();
        }
    }

    private void await(Errno errno, int number, Deadline until) throws PosixException {
        boolean late = until.millisLeft() == 0;
        if (errno == Errno.ENOBUFS) {
            calls.c.poll(0, 0, PAUSE_MILLIS); // FreeBSD says this of a full receiver, and that it can be written to
        } else {
            late = PollSet.await(calls, number, PollSet.WRITABLE, -1, until) == 0;
        }
        if (late) {
            throw new PosixException(Errno.ETIMEDOUT, "send", socket.toString(), "the other side was too slow");
        }
    }

    /** Sends no more; again does nothing. */
    @Override
    public void close() {
        socket.close();
    }
}
