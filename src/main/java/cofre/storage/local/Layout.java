package cofre.storage.local;

import cofre.storage.FileHandle;
import cofre.storage.FileList;
import cofre.storage.FileType;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;

/** Where restic's local layout keeps which file; data files are spread over 256 folders by the first byte of the name. */
final class Layout {
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final int DATA_FOLDERS = 256;

    private final Path root;

    Layout(Path root) {
        this.root = root;
    }

    Path path(FileHandle file) {
        return switch (file.type()) {
            case CONFIG -> root.resolve("config");
            case DATA ->
                root.resolve("data").resolve(file.name().substring(0, 2)).resolve(file.name());
            case INDEX, KEYS, LOCKS, SNAPSHOTS ->
                root.resolve(file.type().folder()).resolve(file.name());
        };
    }

    void create() throws IOException {
        boolean fresh = !Files.exists(root);
        Files.createDirectories(root, OWNER_ONLY_DIRECTORY);
        for (FileType type : FileType.values()) {
            if (type != FileType.CONFIG) {
                Files.createDirectories(root.resolve(type.folder()), OWNER_ONLY_DIRECTORY);
            }
        }
        // The 256 data folders come with their first file: making and syncing them all takes a second on a disk.
        Publisher.syncDirectory(root);
        if (fresh && root.getParent() != null) {
            Publisher.syncDirectory(root.getParent());
        }
    }

    /** Lists what is there now; a file deleted meanwhile may be missing, any other trouble is an exception. */
    void list(FileType type, FileList into) throws IOException {
        Path folder = root.resolve(type.folder());
        if (type != FileType.DATA) {
            listFolder(folder, "", into);
            return;
        }
        HexFormat hex = HexFormat.of();
        for (int i = 0; i < DATA_FOLDERS; i++) {
            String prefix = hex.toHexDigits((byte) i);
            listFolder(folder.resolve(prefix), prefix, into);
        }
    }

    private static void listFolder(Path folder, String prefix, FileList into) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (FileHandle.isValidName(name) && name.startsWith(prefix)) {
                    addFile(entry, name, into);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            // The store has no such folder, hence no such files.
        }
    }

    private static void addFile(Path entry, String name, FileList into) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
            if (!attributes.isDirectory()) {
                into.add(name, attributes.size());
            }
        } catch (NoSuchFileException e) {
            // Deleted by somebody else since the folder was read.
        }
    }
}
