package cofre.format;

import java.util.Optional;

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

    private static final NodeType[] TYPES = values();

    private final String text;
    private final Optional<NodeType> found = Optional.of(this);

    NodeType(String text) {
        this.text = text;
    }

    /** The word trees use. */
    public String text() {
        return text;
    }

    /** The type trees use this word for. */
    static Optional<NodeType> of(String text) {
        for (NodeType type : TYPES) {
            if (type.text.equals(text)) {
                return type.found;
            }
        }
        return Optional.empty();
    }
}
