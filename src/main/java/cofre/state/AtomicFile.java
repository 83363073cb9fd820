package cofre.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A small file of our own that is replaced as a whole: after a crash it is the old one or the new one. */
public final class AtomicFile {
    /** More than any of our files; a larger one is not ours. */
    private static final long MAX_LENGTH = 64L << 20;

    private final Path path;

    /** The file at {@code path}; its directory is made when it is first written. */
    public AtomicFile(Path path) {
        this.path = path;
    }

    /** Its content, empty when there is none. */
    public Optional<byte[]> read() throws IOException {
        try {
            if (Files.size(path) > MAX_LENGTH) {
                throw new IOException(
                        "cannot read " + path + ": " + Files.size(path) + " bytes vs at most " + MAX_LENGTH);
            }
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Replaces its content. When this returns the new one is on stable storage; only the owner can read it. */
    public void write(byte[] content) throws IOException {
        Path dir = path.toAbsolutePath().getParent();
        Files.createDirectories(dir);
        Path temp = dir.resolve("." + path.getFileName() + ".new");
        Files.deleteIfExists(temp);
        Files.createFile(temp, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel out = FileChannel.open(temp, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(temp, path, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(dir, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Removes it; one that is not there counts as removed. */
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
