package cofre.backup;

/** Names of owners as this host knows them. Thread-safe and fast: asked once per file. */
public interface Owners {
    /** The user's name, or empty when this host knows none. */
    String user(long uid);

    /** The group's name, or empty when this host knows none. */
    String group(long gid);
}
