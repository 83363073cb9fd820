package cofre.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A local file open for reading at positions. Safe for several threads. */
public final class PositionalFile implements Closeable {
    /** The JDK copies through a direct buffer as large as the request: keep that buffer small. */
    private static final int SLICE = 128 * 1024;

    private final FileChannel channel;

    /** Opens the file. */
    public PositionalFile(Path path) throws IOException {
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    /** Length in bytes now. */
    public long size() throws IOException {
        return channel.size();
    }

    /** Reads exactly {@code length} bytes; false when the file ends before. */
    public boolean read(long offset, byte[] into, int at, int length) throws IOException {
        int done = 0;
        while (done < length) {
            ByteBuffer slice = ByteBuffer.wrap(into, at + done, Math.min(SLICE, length - done));
            int got = channel.read(slice, offset + done);
            if (got < 0) {
                return false;
            }
            done += got;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
