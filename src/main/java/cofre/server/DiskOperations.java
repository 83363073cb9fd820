package cofre.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** {@link FileOperations} on the real disk. */
final class DiskOperations implements FileOperations {
    private static final Set<StandardOpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final FileAttribute<Set<PosixFilePermission>> fileMode;
    private final FileAttribute<Set<PosixFilePermission>> directoryMode;

    /** @param groupAccessible 0660 and 0770, else 0600 and 0700; the umask may take away more */
    DiskOperations(boolean groupAccessible) {
        fileMode = mode(groupAccessible ? "rw-rw----" : "rw-------");
        directoryMode = mode(groupAccessible ? "rwxrwx---" : "rwx------");
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    @Override
    public Output create(Path file) throws IOException {
        return new DiskOutput(FileChannel.open(file, NEW_FILE, fileMode));
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
        Files.createLink(name, existing);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.delete(file);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, directoryMode);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private record DiskOutput(FileChannel channel) implements Output {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void sync() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
