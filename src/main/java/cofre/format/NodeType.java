package cofre.format;

/** What a node is, with restic's word for it. */
public enum NodeType {
    FILE("file"),
    DIR("dir"),
    SYMLINK("symlink"),
    BLOCK_DEVICE("dev"),
    CHAR_DEVICE("chardev"),
    FIFO("fifo"),
    SOCKET("socket"),
    IRREGULAR("irregular");

    private final String text;

    NodeType(String text) {
        this.text = text;
    }

    /** The word trees use. */
    public String text() {
        return text;
    }
}
