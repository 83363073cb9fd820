package cofre.browse;

/** Why something of a version cannot be shown. */
public abstract sealed class BrowseException extends Exception {
    private static final long serialVersionUID = 1L;

    private BrowseException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Not now: the store does not answer in time, or metadata is not on local disk yet. Another try may succeed. */
    public static final class Unavailable extends BrowseException {
        private static final long serialVersionUID = 1L;

        /** With what was tried. */
        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What is stored is not what it should be, and there is no other copy. */
    public static final class Damaged extends BrowseException {
        private static final long serialVersionUID = 1L;

        /** With what was found. */
        public Damaged(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** It is not shown any more: the restore point was forgotten, or the tree closed. */
    public static final class Gone extends BrowseException {
        private static final long serialVersionUID = 1L;

        /** With what is gone. */
        public Gone(String message) {
            super(message, null);
        }
    }

    /** The caller asked for what this kind of entry does not have: content of a directory, entries of a file. */
    public static final class WrongKind extends BrowseException {
        private static final long serialVersionUID = 1L;

        /** With what it is. */
        public WrongKind(String message) {
            super(message, null);
        }
    }
}
