package cofre.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Remembers beside each lock who uploaded it, so that in append-only mode a user cannot remove the locks of others. A
 * lock without a complete note (of an older server, or of a crash) belongs to nobody and may be removed by all.
 */
final class LockOwners {
    private static final String MARK = ".cofre-owner";
    /** Ends a complete note: a torn one must not lock out the owner whose name it cuts. */
    private static final String END = "\n";

    private final FileOperations files;

    LockOwners(FileOperations files) {
        this.files = files;
    }

    /** Notes the user as the owner of a lock just published. */
    void claim(Path lock, String user) throws IOException {
        try (FileOperations.Output note = files.create(note(lock))) {
            note.write(StandardCharsets.UTF_8.encode(user + END));
        } catch (FileAlreadyExistsException e) {
            // Left from a lock of the same content; the same content has the same writer.
            Log.STORE.debug("lock {} has a note already", lock);
        }
    }

    boolean mayDelete(Path lock, String user) throws IOException {
        String owner;
        try {
            owner = StandardCharsets.UTF_8
                    .decode(ByteBuffer.wrap(Files.readAllBytes(note(lock))))
                    .toString();
        } catch (NoSuchFileException e) {
            return true;
        }
        return !owner.endsWith(END) || owner.equals(user + END);
    }

    /** Drops the note of a lock that is gone. */
    void forget(Path lock) throws IOException {
        try {
            files.delete(note(lock));
        } catch (NoSuchFileException e) {
            Log.STORE.debug("lock {} had no note", lock);
        }
    }

    private static Path note(Path lock) {
        return lock.resolveSibling(lock.getFileName() + MARK);
    }
}
