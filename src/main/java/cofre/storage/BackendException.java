package cofre.storage;

import java.time.Duration;
import java.util.Optional;

/**
 * What can go wrong at a store. The subclasses are what callers decide upon; the message is a whole sentence that names
 * the object and holds no credentials.
 */
public abstract sealed class BackendException extends Exception {
    private static final long serialVersionUID = 1;

    private BackendException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The file, or the whole store, is not there. */
    public static final class NotFound extends BackendException {
        private static final long serialVersionUID = 1;

        public NotFound(String message) {
            super(message, null);
        }
    }

    /** A file of that name is there already; nothing was changed. */
    public static final class AlreadyExists extends BackendException {
        private static final long serialVersionUID = 1;

        public AlreadyExists(String message) {
            super(message, null);
        }
    }

    /** No usable answer within the deadline: worth another try later. */
    public static final class Unreachable extends BackendException {
        private static final long serialVersionUID = 1;

        /** What the store asked for, or null: a field of an exception has to be serializable. */
        private final Duration retryAfter;

        public Unreachable(String message, Throwable cause) {
            this(message, cause, null);
        }

        /** @param retryAfter how long the store asked to be left alone; null when it did not say */
        public Unreachable(String message, Throwable cause, Duration retryAfter) {
            super(message, cause);
            this.retryAfter = retryAfter;
        }

        /** How long the store asked to be left alone. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** The store says no (credentials, permissions, append-only): trying again changes nothing. */
    public static final class Refused extends BackendException {
        private static final long serialVersionUID = 1;

        public Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** No room: disk full or quota reached. */
    public static final class NoSpace extends BackendException {
        private static final long serialVersionUID = 1;

        public NoSpace(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The store answered, but with bytes that cannot be right (too few, too many, not what was listed). */
    public static sealed class Corrupt extends BackendException permits TransferDamage {
        private static final long serialVersionUID = 1;

        public Corrupt(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Bytes that were damaged between store and caller, or may have been (hash mismatch, nonsense where an answer should
     * be): worth a few more tries, unlike {@link Corrupt} proper. When they do not help it is just that.
     */
    public static final class TransferDamage extends Corrupt {
        private static final long serialVersionUID = 1;

        public TransferDamage(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
