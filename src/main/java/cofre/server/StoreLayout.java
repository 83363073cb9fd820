package cofre.server;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where things are on disk: restic's local layout, so that a repository can also be opened in place by restic itself.
 *
 * @param root folder of all repositories
 */
record StoreLayout(Path root) {
    private static final String TEMP_MARK = ".cofre-temp-";
    /** Data files are spread over 256 folders named by the first two digits of the id. */
    static final int FANOUT = 256;

    /** @throws Refusal.NotFound when the system's locale has no bytes for the name */
    Path repository(RepoPath repo) throws Refusal.NotFound {
        Path path = root;
        try {
            for (String folder : repo.folders()) {
                path = path.resolve(folder);
            }
        } catch (InvalidPathException e) {
            throw new Refusal.NotFound();
        }
        return path;
    }

    Path folder(RepoPath repo, FileType type) throws Refusal.NotFound {
        return repository(repo).resolve(type.folder());
    }

    Path file(RepoPath repo, Item.StoredFile item) throws Refusal.NotFound {
        if (item instanceof Item.Blob blob) {
            Path folder = folder(repo, blob.type());
            return blob.type() == FileType.DATA
                    ? folder.resolve(blob.id().substring(0, 2)).resolve(blob.id())
                    : folder.resolve(blob.id());
        }
        return repository(repo).resolve(item.kind());
    }

    static String fanoutFolder(int number) {
        return String.format("%02x", number);
    }

    /** A name no listing shows and no request can ask for. */
    static Path temporary(Path file, long random) {
        return file.resolveSibling(file.getFileName() + TEMP_MARK + String.format("%016x", random));
    }

    static boolean isTemporary(Path file) {
        return file.getFileName().toString().contains(TEMP_MARK);
    }
}
