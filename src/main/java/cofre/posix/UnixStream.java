package cofre.posix;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;

/**
 * One connection of a Unix socket. One thread may read, one write, and any close it at the same time: closing ends their
 * waits. Every read and write obeys the deadline of {@link #deadlineIn}; at first there is none.
 */
public final class UnixStream implements AutoCloseable {
    private static final int SHUT_WRITE = 1;
    private static final int SHUT_BOTH = 2;
    /** One call moves at most this much. */
    private static final int PIECE = 64 * 1024;

    private final Calls calls;
    private final Fd socket;
    private final Peer peer;
    private final Ticker ticker;
    private volatile Deadline deadline = Deadline.never();
    /** Set before the shutdown, so that its end of data is not taken for the peer's. */
    private volatile boolean closing;

    UnixStream(Calls calls, Fd socket, Peer peer, Ticker ticker) {
        this.calls = calls;
        this.socket = socket;
        this.peer = peer;
        this.ticker = ticker;
    }

    /** Who is at the other end. Known before a byte was read. */
    public Peer peer() {
        return peer;
    }

    /**
     * All reads and writes from now on must be done {@code time} from now, however many there are: a peer that sends a
     * byte at a time gains nothing. What is not done then throws {@link PosixException} with ETIMEDOUT.
     */
    public void deadlineIn(Duration time) {
        deadline = Deadline.in(time, ticker);
    }

    /** Reads and writes wait as long as it takes. */
    public void noDeadline() {
        deadline = Deadline.never();
    }

    /** What the peer sends; ends when it closes or stops writing. Closing it closes the connection. */
    public InputStream input() {
        return new Input();
    }

    /** What the peer gets; not buffered. Closing it closes the connection. */
    public OutputStream output() {
        return new Output();
    }

    /** Tells the peer that nothing more comes; reading goes on. */
    public void endOutput() throws PosixException {
        calls.on(socket, "shutdown", n -> calls.c.shutdown(n, SHUT_WRITE));
    }

    /** Ends the connection and every wait on it; again does nothing. */
    @Override
    public void close() {
        int number;
        try {
            number = socket.hold();
        } catch (IllegalStateException e) {
            return;
        }
        closing = true;
        // Wakes whoever polls; the number itself stays taken until they have left.
        calls.c.shutdown(number, SHUT_BOTH);
        socket.close();
        socket.drop();
    }

    private int hold(String call) throws PosixException {
        try {
            return socket.hold();
        } catch (IllegalStateException e) {
            throw closed(call);
        }
    }

    private PosixException closed(String call) {
        return new PosixException(Errno.EBADF, call, socket.toString(), "the connection was closed on this side");
    }

    /** Waits when the last call would have had to; else throws its complaint. */
    private void afterFailure(String call, int number, int events) throws PosixException {
        int last = calls.lastNumber();
        Errno errno = calls.errnoOf(last);
        if (errno == Errno.EAGAIN) {
            await(call, number, events);
        } else if (errno != Errno.EINTR) {
            throw closing ? closed(call) : calls.failure(call, socket, last);
        }
    }

    private void await(String call, int number, int events) throws PosixException {
        if (PollSet.await(calls, number, events, -1, deadline) == 0) {
            throw timedOut(call);
        }
    }

    private void checkDeadline(String call) throws PosixException {
        if (deadline.millisLeft() == 0) {
            throw timedOut(call);
        }
    }

    private PosixException timedOut(String call) {
        return new PosixException(Errno.ETIMEDOUT, call, socket.toString(), "the other side was too slow");
    }

    private int receive(byte[] into, int at, int length) throws PosixException {
        Objects.checkFromIndexSize(at, length, into.length);
        if (length == 0) {
            return 0;
        }
        Scratch s = calls.scratch();
        int number = hold("recv");
        try {
            while (true) {
                checkDeadline("recv");
                long got = calls.c.recv(number, s.bulkAddress(), Math.min(length, PIECE), 0);
                if (got > 0) {
                    s.bulk().get(0, into, at, (int) got);
                    return (int) got;
                }
                if (got == 0) {
                    if (closing) {
                        throw closed("recv");
                    }
                    return -1;
                }
                afterFailure("recv", number, PollSet.READABLE);
            }
        } finally {
            socket.drop();
        }
    }

    private void send(byte[] from, int at, int length) throws PosixException {
        Objects.checkFromIndexSize(at, length, from.length);
        Scratch s = calls.scratch();
        int noSignal = calls.platform.numbers().noSignal();
        int number = hold("send");
        try {
            int done = 0;
            while (done < length) {
                checkDeadline("send");
                int piece = Math.min(length - done, PIECE);
                s.bulk().put(0, from, at + done, piece);
                long sent = calls.c.send(number, s.bulkAddress(), piece, noSignal);
                if (sent >= 0) {
                    done += (int) sent;
                } else {
                    afterFailure("send", number, PollSet.WRITABLE);
                }
            }
        } finally {
            socket.drop();
        }
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws PosixException {
            byte[] one = new byte[1];
            return receive(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int length) throws PosixException {
            return receive(into, at, length);
        }

        @Override
        public void close() {
            UnixStream.this.close();
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int b) throws PosixException {
            send(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int at, int length) throws PosixException {
            send(from, at, length);
        }

        @Override
        public void close() {
            UnixStream.this.close();
        }
    }
}
