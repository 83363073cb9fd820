package cofre.source;

/**
 * What can go wrong on the live side, never at the store. The message is a whole sentence that names the object, what was
 * found, what was expected and what can be done.
 */
public abstract sealed class SourceException extends Exception {
    private static final long serialVersionUID = 1;

    private SourceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** One file or directory cannot be read; the rest can. */
    public static final class FileUnreadable extends SourceException {
        private static final long serialVersionUID = 1;

        public FileUnreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The frozen view is gone or is not the one that was made. */
    public static final class SnapshotGone extends SourceException {
        private static final long serialVersionUID = 1;

        public SnapshotGone(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** There is no such dataset or directory. */
    public static final class DatasetGone extends SourceException {
        private static final long serialVersionUID = 1;

        public DatasetGone(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** It is there, but not in a state to be frozen: not mounted, key not loaded, pool suspended. */
    public static final class NotReady extends SourceException {
        private static final long serialVersionUID = 1;

        public NotReady(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The system does not let us: missing permission or {@code zfs allow}. */
    public static final class Refused extends SourceException {
        private static final long serialVersionUID = 1;

        public Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The pool or its quota is full. */
    public static final class NoSpace extends SourceException {
        private static final long serialVersionUID = 1;

        public NoSpace(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A program could not be run, did not end in time, or said something that cannot be understood. */
    public static final class ToolFailed extends SourceException {
        private static final long serialVersionUID = 1;

        public ToolFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What changed between two views cannot be known for sure; the views themselves are as good as ever. */
    public static final class ChangesUnknown extends SourceException {
        private static final long serialVersionUID = 1;

        public ChangesUnknown(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
