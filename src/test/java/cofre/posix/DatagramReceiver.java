package cofre.posix;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A Unix datagram socket that receives, as syslogd(8) has one. */
public final class DatagramReceiver implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;

    private final Calls calls;
    private final int socket;

    public DatagramReceiver(Posix posix, Path path) throws PosixException {
        calls = posix.calls();
        socket = calls.c.socket(AF_UNIX, SOCK_DGRAM, 0);
        Scratch s = calls.scratch();
        byte[] place = path.toString().getBytes(StandardCharsets.UTF_8);
        int length = calls.platform.encodeAddress(place, s.small, Scratch.STRUCT);
        if (calls.c.bind(socket, s.structAddress, length) < 0) {
            throw calls.failure("bind", path);
        }
    }

    /** The next message; empty when none comes for so long. */
    public Optional<byte[]> next(Duration patience) throws PosixException {
        Deadline until = Deadline.in(patience, System::nanoTime);
        if (PollSet.await(calls, socket, PollSet.READABLE, -1, until) == 0) {
            return Optional.empty();
        }
        Scratch s = calls.scratch();
        long length = calls.c.recv(socket, s.bulkAddress(), Scratch.BULK_LENGTH, 0);
        byte[] message = new byte[(int) length];
        s.bulk().get(0, message);
        return Optional.of(message);
    }

    @Override
    public void close() {
        calls.c.close(socket);
    }
}
