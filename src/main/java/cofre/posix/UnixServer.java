package cofre.posix;

import cofre.path.RawName;
import java.time.Duration;
import java.util.Optional;

/** A listening Unix socket. Any thread may accept or close. */
public final class UnixServer implements AutoCloseable {
    /** How long {@link #accept} holds back before it reports a want of descriptors, so that a caller's loop cannot spin. */
    private static final Duration SHORTAGE_PAUSE = Duration.ofMillis(100);

    /** Where the socket lies and which one it is. */
    record Place(Fd dir, RawName name, FileStat stat) {}

    private final Calls calls;
    private final Place place;
    private final Fd socket;
    private final Directories directories;
    private final Nodes nodes;
    private final Ticker ticker;
    /** Written to on close: what wakes a waiting accept on both systems. */
    private final Fd wakeRead;

    private final Fd wakeWrite;

    UnixServer(Calls calls, Place place, Fd socket, Directories directories, Nodes nodes, Ticker ticker)
            throws PosixException {
        this.calls = calls;
        this.place = place;
        this.socket = socket;
        this.directories = directories;
        this.nodes = nodes;
        this.ticker = ticker;
        Scratch s = calls.scratch();
        Platform.Numbers numbers = calls.platform.numbers();
        if (calls.c.pipe2(s.structAddress, numbers.closeOnExec() | numbers.nonBlock()) < 0) {
            throw calls.failure("pipe", "for closing the socket");
        }
        wakeRead = calls.wrap(s.small.getInt(Scratch.STRUCT), "wake pipe");
        wakeWrite = calls.wrap(s.small.getInt(Scratch.STRUCT + 4), "wake pipe");
    }

    /**
     * Waits for the next connection; its peer is already known. Empty once this is closed. A want of descriptors (EMFILE,
     * ENFILE) throws after a tenth of a second, so a loop may log it and go on.
     */
    public Optional<UnixStream> accept() throws PosixException {
        int number;
        try {
            number = socket.hold();
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
        try {
            return acceptHeld(number);
        } finally {
            socket.drop();
        }
    }

    private Optional<UnixStream> acceptHeld(int number) throws PosixException {
        while (awaitFor(number, Deadline.never())) {
            int connection =
                    calls.c.accept4(number, 0, 0, calls.platform.numbers().socketFlags());
            if (connection >= 0) {
                Optional<UnixStream> stream = identified(calls.wrap(connection, place.name()));
                if (stream.isPresent()) {
                    return stream;
                }
                continue;
            }
            int last = calls.lastNumber();
            switch (calls.errnoOf(last)) {
                case EAGAIN, EINTR, ECONNABORTED -> {}
                case EMFILE, ENFILE, ENOBUFS, ENOMEM -> {
                    awaitFor(-1, Deadline.in(SHORTAGE_PAUSE, ticker));
                    throw calls.failure("accept", place.name(), last);
                }
                default -> throw calls.failure("accept", place.name(), last);
            }
        }
        return Optional.empty();
    }

    /** False once closed. A negative number is ignored by poll(2): then this only waits for the close. */
    private boolean awaitFor(int number, Deadline deadline) throws PosixException {
        int wake;
        try {
            wake = wakeRead.hold();
        } catch (IllegalStateException e) {
            return false;
        }
        try {
            int ready = PollSet.await(calls, number, PollSet.READABLE, wake, deadline);
            return (ready & 2) == 0 && !socket.isClosed();
        } finally {
            wakeRead.drop();
        }
    }

    /** Empty when the peer is gone before the kernel could tell who it was. */
    private Optional<UnixStream> identified(Fd connection) {
        int number = connection.hold();
        try {
            return Optional.of(new UnixStream(calls, connection, calls.platform.peer(number, calls), ticker));
        } catch (PosixException e) {
            connection.close();
            return Optional.empty();
        } finally {
            connection.drop();
        }
    }

    /** Stops listening, ends a waiting {@link #accept}, and removes the socket if it is still ours. */
    @Override
    public synchronized void close() {
        if (socket.isClosed()) {
            return;
        }
        socket.close();
        Scratch s = calls.scratch();
        s.small.put(Scratch.STRUCT, (byte) 1);
        int number = wakeWrite.hold();
        // Cannot fail: nobody else writes to this pipe.
        calls.c.write(number, s.structAddress, 1);
        wakeWrite.drop();
        wakeRead.close();
        wakeWrite.close();
        removeSocket();
        place.dir().close();
    }

    private void removeSocket() {
        try {
            if (directories.statAt(place.dir(), place.name()).isSameFileAs(place.stat())) {
                nodes.unlinkAt(place.dir(), place.name());
            }
        } catch (PosixException e) {
            // What stays is a stale socket, which the next start removes.
        }
    }
}
