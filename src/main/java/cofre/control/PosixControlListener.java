package cofre.control;

import cofre.path.RawName;
import cofre.posix.UnixServer;
import cofre.posix.UnixSockets;
import cofre.posix.UnixStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The control socket of the running system, whose peers are who the kernel says they are. Thread-safe. */
public final class PosixControlListener implements ControlListener {
    private final UnixServer server;
    private volatile boolean closed;

    private PosixControlListener(UnixServer server) {
        this.server = server;
    }

    /**
     * Listens on {@code socket}, in a directory that nobody but us can write to (fault H12); a socket left by a dead
     * daemon is replaced.
     *
     * @param group the group that may connect; empty: only root and ourselves
     * @throws IOException when somebody listens there already, or the place is not safe
     */
    public static PosixControlListener listen(UnixSockets sockets, Path socket, OptionalLong group) throws IOException {
        byte[] directory = socket.getParent().toString().getBytes(StandardCharsets.UTF_8);
        RawName name = RawName.ofText(socket.getFileName().toString());
        return new PosixControlListener(sockets.listen(directory, name, group));
    }

    @Override
    public ControlConnection accept() throws IOException {
        UnixStream stream = server.accept().orElseThrow(() -> new IOException("the control socket is closed"));
        return new Connection(stream);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        server.close();
    }

    private record Connection(UnixStream stream) implements ControlConnection {
        @Override
        public Caller caller() {
            return new Caller(stream.peer().uid(), stream.peer().gid());
        }

        @Override
        public InputStream in() {
            return stream.input();
        }

        @Override
        public OutputStream out() {
            return stream.output();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
