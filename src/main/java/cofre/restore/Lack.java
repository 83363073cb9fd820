package cofre.restore;

/**
 * Metadata a target would not take.
 *
 * @param kind what it is
 * @param why a sentence that names the entry
 */
public record Lack(Kind kind, String why) {
    /** What can be lacking. */
    public enum Kind {
        /** User and group: giving files away needs privilege. */
        OWNER,
        /** Permission bits, or the set-user-id bits left out because the owner is another. */
        MODE,
        /** Times. */
        TIMES,
        /** Extended attributes, access lists and file flags. */
        ATTRIBUTES
    }
}
