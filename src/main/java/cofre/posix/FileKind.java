package cofre.posix;

/** What an entry of a directory is. The type bits are the same on all systems. */
public enum FileKind {
    /** Not told by the listing; ask for the metadata. */
    UNKNOWN(0),
    FIFO(1),
    CHARACTER_DEVICE(2),
    DIRECTORY(4),
    BLOCK_DEVICE(6),
    FILE(8),
    SYMLINK(10),
    SOCKET(12);

    /** S_IFMT is mode bits 12 to 15; d_type of a directory entry is the same four bits. */
    private static final int TYPE_SHIFT = 12;

    private static final FileKind[] BY_TYPE = new FileKind[16];

    static {
        java.util.Arrays.fill(BY_TYPE, UNKNOWN);
        for (FileKind kind : values()) {
            BY_TYPE[kind.type] = kind;
        }
    }

    private final int type;

    FileKind(int type) {
        this.type = type;
    }

    static FileKind ofMode(int mode) {
        return BY_TYPE[mode >> TYPE_SHIFT & 15];
    }

    static FileKind ofDirent(int type) {
        return BY_TYPE[type & 15];
    }

    /** The type bits as mknod(2) wants them. */
    int modeBits() {
        return type << TYPE_SHIFT;
    }
}
