package cofre.restore;

/** What happens to a file that is there already. Directories are always entered, never replaced. */
public enum Overwrite {
    /** It is replaced. */
    ALWAYS,
    /**
     * It is replaced unless its size and modification time are those of the point, and with verification its content;
     * owner, mode and attributes are set in any case.
     */
    IF_CHANGED,
    /** It stays as it is. */
    NEVER
}
