package cofre.browse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Remembers over restarts which trees have all below them on local disk too: a file of their keys, 8 bytes each, appended to.
 * A torn one at the end is left out. What is written here must be on stable storage before.
 */
final class CompleteTrees {
    private static final long MARK = 0x636f_6672_6563_7031L; // "cofrecp1"

    private final Path path;

    CompleteTrees(Path path) {
        this.path = path;
    }

    /** All keys; none when there is no such file or it is not ours. */
    long[] read() throws IOException {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return new long[0];
        }
        if (bytes.remaining() < Long.BYTES || bytes.getLong() != MARK) {
            clear();
            return new long[0];
        }
        long[] keys = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(keys);
        return keys;
    }

    void append(long[] keys) throws IOException {
        if (!Files.exists(path)) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (FileChannel out = FileChannel.open(path, StandardOpenOption.WRITE)) {
            long end = out.size() / Long.BYTES * Long.BYTES;
            ByteBuffer bytes = ByteBuffer.allocate((keys.length + 1) * Long.BYTES);
            if (end == 0) {
                bytes.putLong(MARK);
            }
            for (long key : keys) {
                bytes.putLong(key);
            }
            bytes.flip();
            while (bytes.hasRemaining()) {
                end += out.write(bytes, end);
            }
        }
    }

    void clear() throws IOException {
        Files.deleteIfExists(path);
    }
}
