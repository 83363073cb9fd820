package cofre.server;

import java.util.Optional;

/** The kinds of files that have a folder of their own in a repository. */
enum FileType {
    DATA,
    INDEX,
    KEYS,
    LOCKS,
    SNAPSHOTS;

    private final String folder = name().toLowerCase(java.util.Locale.ROOT);

    /** Name of the folder, in the URL and on disk. */
    String folder() {
        return folder;
    }

    static Optional<FileType> of(String folder) {
        for (FileType type : values()) {
            if (type.folder.equals(folder)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
