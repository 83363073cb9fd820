package cofre.server;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of a file. */
final class FileBody implements Body {
    private final FileChannel channel;
    private final long end;
    private long position;

    FileBody(FileChannel channel, ByteRange range) {
        this.channel = channel;
        this.position = range.first();
        this.end = range.first() + range.length();
    }

    @Override
    public boolean fill(ByteBuffer buffer) throws IOException {
        buffer.limit((int) Math.min(buffer.limit(), buffer.position() + (end - position)));
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position);
            if (read < 0) {
                // The length is already announced: cutting the connection is the only honest answer.
                throw new EOFException("the file became shorter while it was read");
            }
            position += read;
        }
        return position == end;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
