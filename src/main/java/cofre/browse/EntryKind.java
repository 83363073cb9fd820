package cofre.browse;

/** What an entry is. */
public enum EntryKind {
    FILE,
    DIRECTORY,
    SYMLINK,
    BLOCK_DEVICE,
    CHAR_DEVICE,
    FIFO,
    SOCKET
}
