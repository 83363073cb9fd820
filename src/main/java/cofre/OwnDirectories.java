package cofre;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes the directories the daemon needs. What is there already keeps its mode: it may be the system's. */
final class OwnDirectories {
    private OwnDirectories() {}

    /** A directory for us alone; the way to it stays open to others, for it may lead to what they must reach as well. */
    static void makePrivate(Path directory) throws IOException {
        makeOpen(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    /** A directory everybody may pass through, and what is missing of the way to it. */
    static void makeOpen(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            makeOpen(parent);
        }
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(directory)) {
                return; // somebody else just made it
            }
            throw e;
        }
        // The daemon's umask has taken away what users of Previous Versions and of the socket need.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
