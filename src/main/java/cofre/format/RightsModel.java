package cofre.format;

/** Whose rights a restore point keeps, of every entry in it. */
public enum RightsModel {
    /** Nobody can tell: rights that were there may be missing. */
    NONE(""),
    /** Modes and POSIX ACLs. */
    POSIX("posix"),
    /** Modes and NFSv4 ACLs. */
    NFS4("nfs4");

    private final String text;

    RightsModel(String text) {
        this.text = text;
    }

    /** As in a restore point's tag; empty for {@link #NONE}, which has none. */
    String text() {
        return text;
    }

    static RightsModel of(String text) {
        for (RightsModel model : values()) {
            if (model.text.equals(text)) {
                return model;
            }
        }
        return NONE; // of a newer program: what it promises we do not know
    }
}
