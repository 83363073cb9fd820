package cofre.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A real Unix socket whose peers are who the test says they are. */
public final class NioListener implements ControlListener {
    private final ServerSocketChannel channel;
    private final Supplier<Caller> caller;

    private NioListener(ServerSocketChannel channel, Supplier<Caller> caller) {
        this.channel = channel;
        this.caller = caller;
    }

    public static NioListener at(Path socket, Supplier<Caller> caller) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket), 128);
        return new NioListener(channel, caller);
    }

    @Override
    public ControlConnection accept() throws IOException {
        return new Connection(channel.accept(), caller.get());
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public void close() {
        quietly(channel);
    }

    private static void quietly(java.io.Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Not java.nio.channels.Channels: before JDK 19 its streams cannot be read and written at the same time. */
    private record Connection(SocketChannel channel, Caller caller) implements ControlConnection {
        @Override
        public InputStream in() {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int at, int length) throws IOException {
                    return channel.read(ByteBuffer.wrap(into, at, length));
                }
            };
        }

        @Override
        public OutputStream out() {
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] from, int at, int length) throws IOException {
                    ByteBuffer bytes = ByteBuffer.wrap(from, at, length);
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                }
            };
        }

        @Override
        public void close() {
            quietly(channel);
        }
    }
}
