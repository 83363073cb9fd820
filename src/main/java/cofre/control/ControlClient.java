package cofre.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The command line's end of the control socket: one request, then its events. One thread reads; {@link #cancel} and {@link
 * #close} may be called by others.
 */
public final class ControlClient implements AutoCloseable {
    /** The daemon is believed more than a caller, but not without end. */
    private static final int MAX_EVENT = 4 << 20;

    private final SocketChannel channel;
    private final LineReader lines;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
        this.lines = new LineReader(Channels.newInputStream(channel), MAX_EVENT);
    }

    /**
     * Connects to a daemon.
     *
     * @throws IOException when nobody listens at {@code socket}, or we may not use it
     */
    public static ControlClient connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new ControlClient(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends the request; called once. */
    public void send(String command, Map<String, ?> args) throws IOException {
        write(RequestCodec.line(command, args));
    }

    /** Asks the daemon to give the work up; events go on until the result. */
    public void cancel() throws IOException {
        write(RequestCodec.line(RequestCodec.CANCEL, Map.of()));
    }

    private synchronized void write(byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * The next event; empty when the daemon closed the connection.
     *
     * @throws ProtocolException when the daemon does not speak this protocol
     */
    public Optional<ControlEvent> next() throws IOException, ProtocolException {
        Optional<byte[]> line = lines.next();
        return line.isEmpty() ? Optional.empty() : Optional.of(EventCodec.fromMap(Json.parse(line.get())));
    }

    /** Whether more was received already: then it is too early to flush what is printed. */
    public boolean hasReceived() {
        return lines.hasReceived();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Closed is closed: what the daemon sends from now on goes nowhere.
            return;
        }
    }
}
