package cofre.storage;

/** The kinds of file a store keeps, with the folder restic's REST protocol and local layout give them. */
public enum FileType {
    CONFIG("config"),
    DATA("data"),
    INDEX("index"),
    KEYS("keys"),
    LOCKS("locks"),
    SNAPSHOTS("snapshots");

    private final String folder;

    FileType(String folder) {
        this.folder = folder;
    }

    /** The folder's name; for {@link #CONFIG} the name of the file itself. */
    public String folder() {
        return folder;
    }
}
