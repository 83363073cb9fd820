package cofre.server;

/** Why the server cannot start or read one of its files again. The message is a sentence for the operator. */
public abstract sealed class ServerException extends Exception {
    private static final long serialVersionUID = 1L;

    ServerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The address is taken, unknown, or not allowed. */
    public static final class CannotListen extends ServerException {
        private static final long serialVersionUID = 1L;

        CannotListen(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The folder of the repositories cannot be used. */
    public static final class StoreUnusable extends ServerException {
        private static final long serialVersionUID = 1L;

        StoreUnusable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The htpasswd file is missing, unreadable or unsafe. */
    public static final class BadPasswordFile extends ServerException {
        private static final long serialVersionUID = 1L;

        BadPasswordFile(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The certificate or its key cannot be used. */
    public static final class BadCertificate extends ServerException {
        private static final long serialVersionUID = 1L;

        BadCertificate(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The access log cannot be written. */
    public static final class BadAccessLog extends ServerException {
        private static final long serialVersionUID = 1L;

        BadAccessLog(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
