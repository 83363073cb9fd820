package cofre.fuse;

/** Versions cannot be mounted. */
public abstract sealed class MountException extends Exception {
    private static final long serialVersionUID = 1L;

    private MountException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Something is at the mount point that is not ours to cover or end. */
    public static final class Occupied extends MountException {
        private static final long serialVersionUID = 1L;

        Occupied(String message) {
            super(message, null);
        }
    }

    /** This system lacks something without which users would see what they may not. */
    public static final class Unsupported extends MountException {
        private static final long serialVersionUID = 1L;

        Unsupported(String message) {
            super(message, null);
        }
    }

    /** The system said no. */
    public static final class Refused extends MountException {
        private static final long serialVersionUID = 1L;

        Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
