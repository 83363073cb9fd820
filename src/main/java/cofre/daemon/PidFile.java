package cofre.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Lets there be one daemon per state directory: a lock of the operating system, which ends with the process that holds
 * it. What the file says is for people; a file left by a dead daemon means nothing (fault C1). The file is never removed:
 * removing a locked name lets two daemons lock two files.
 */
public final class PidFile implements AutoCloseable {
    private static final int MAX_PID = 20;

    private final Path file;
    private final FileChannel channel;

    private PidFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Thrown when another daemon holds the file; the message says which. */
    public static final class Held extends Exception {
        private static final long serialVersionUID = 1;

        Held(String message) {
            super(message);
        }
    }

    /**
     * Takes the file and writes {@code pid} into it.
     *
     * @throws Held when another process holds it
     * @throws IOException when the file cannot be made
     */
    public static PidFile take(Path file, long pid) throws IOException, Held {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        try {
            if (!lock(channel)) {
                String holder = content(channel);
                throw new Held("cannot start: another cofred" + (holder.isEmpty() ? "" : " (pid " + holder + ")")
                        + " holds " + file + " vs one daemon per state_dir; stop that one first, or give this one"
                        + " another state_dir");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
            return new PidFile(file, channel);
        } catch (IOException | Held e) {
            channel.close();
            throw e;
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String content(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_PID);
        channel.read(bytes, 0);
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return text.matches("\\d+") ? text : "";
    }

    /** Lets go of the file. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Where it is. */
    @Override
    public String toString() {
        return file.toString();
    }
}
