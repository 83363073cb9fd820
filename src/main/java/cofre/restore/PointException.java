package cofre.restore;

/** What was asked for is not in the repository, or not clear. The message is a sentence that says what to type instead. */
public abstract sealed class PointException extends Exception {
    private static final long serialVersionUID = 1;

    private PointException(String message) {
        super(message);
    }

    /** No restore point is meant by it. */
    public static final class NoSuchPoint extends PointException {
        private static final long serialVersionUID = 1;

        public NoSuchPoint(String message) {
            super(message);
        }
    }

    /** Several are meant by it. */
    public static final class Ambiguous extends PointException {
        private static final long serialVersionUID = 1;

        public Ambiguous(String message) {
            super(message);
        }
    }

    /** The restore point has no such entry. */
    public static final class NoSuchPath extends PointException {
        private static final long serialVersionUID = 1;

        public NoSuchPath(String message) {
            super(message);
        }
    }
}
