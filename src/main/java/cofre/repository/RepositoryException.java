package cofre.repository;

/**
 * What can be wrong with a repository, as against the store that keeps it. The message is a whole sentence without
 * secrets.
 */
public abstract sealed class RepositoryException extends Exception {
    private static final long serialVersionUID = 1;

    private RepositoryException(String message, Throwable cause) {
        super(message, cause);
    }

    /** No key file opens with this password. */
    public static final class WrongPassword extends RepositoryException {
        private static final long serialVersionUID = 1;

        public WrongPassword(String message) {
            super(message, null);
        }
    }

    /** There is no repository at that place. */
    public static final class Missing extends RepositoryException {
        private static final long serialVersionUID = 1;

        public Missing(String message) {
            super(message, null);
        }
    }

    /** There is a repository, or a part of one, where a new one was to be made. */
    public static final class Exists extends RepositoryException {
        private static final long serialVersionUID = 1;

        public Exists(String message) {
            super(message, null);
        }
    }

    /** Something in it is not what it must be. */
    public static final class Damaged extends RepositoryException {
        private static final long serialVersionUID = 1;

        public Damaged(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Somebody else works on it in a way that excludes us. */
    public static final class Locked extends RepositoryException {
        private static final long serialVersionUID = 1;

        public Locked(String message) {
            super(message, null);
        }
    }

    /** It is of a version, or uses a feature, this program does not know. */
    public static final class Unsupported extends RepositoryException {
        private static final long serialVersionUID = 1;

        public Unsupported(String message) {
            super(message, null);
        }
    }

    /** What was asked might leave nobody able to open it. */
    public static final class Protected extends RepositoryException {
        private static final long serialVersionUID = 1;

        public Protected(String message) {
            super(message, null);
        }
    }

    /** It is not what this host knows it to be. */
    public static final class Unrecognised extends RepositoryException {
        private static final long serialVersionUID = 1;

        public Unrecognised(String message) {
            super(message, null);
        }
    }
}
