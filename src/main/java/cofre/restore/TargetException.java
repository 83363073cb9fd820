package cofre.restore;

/**
 * What can go wrong where files are restored to. The message is a whole sentence; names in it are escaped as {@code
 * cofre.path.Display} does.
 */
public abstract sealed class TargetException extends Exception {
    private static final long serialVersionUID = 1;

    private TargetException(String message, Throwable cause) {
        super(message, cause);
    }

    /** This one entry cannot be restored; others can. */
    public static final class Entry extends TargetException {
        private static final long serialVersionUID = 1;

        public Entry(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** No room: disk full or quota reached. */
    public static final class Full extends TargetException {
        private static final long serialVersionUID = 1;

        public Full(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The target as a whole cannot be used: no directory, read-only, not allowed, or this system has run out of files. */
    public static final class Unusable extends TargetException {
        private static final long serialVersionUID = 1;

        public Unusable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
