package cofre.format;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The fields a node may have. */
enum NodeField {
    NAME,
    TYPE,
    MODE,
    MTIME,
    ATIME,
    CTIME,
    UID,
    GID,
    USER,
    GROUP,
    INODE,
    DEVICE_ID,
    SIZE,
    LINKS,
    LINKTARGET,
    LINKTARGET_RAW,
    EXTENDED_ATTRIBUTES,
    GENERIC_ATTRIBUTES,
    DEVICE,
    CONTENT,
    SUBTREE,
    ERROR;

    private static final Map<String, Optional<NodeField>> BY_NAME = byName();

    private static Map<String, Optional<NodeField>> byName() {
        Map<String, Optional<NodeField>> map = new HashMap<>();
        for (NodeField field : values()) {
            map.put(field.name().toLowerCase(Locale.ROOT), Optional.of(field));
        }
        return map;
    }

    /** The field of this name, if it is one that restic knows. */
    static Optional<NodeField> of(String name) {
        return BY_NAME.getOrDefault(name, Optional.empty());
    }
}
