package cofre.seal;

/** Bytes from the store that cannot be trusted or used. What they claim is in the message, never what they hold. */
public abstract sealed class SealException extends Exception {
    private static final long serialVersionUID = 1;

    private SealException(String message) {
        super(message);
    }

    /** The tag does not fit: the bytes were changed or cut, or sealed with another key. Nothing was decrypted. */
    public static final class Forged extends SealException {
        private static final long serialVersionUID = 1;

        Forged(String message) {
            super(message);
        }
    }

    /** The bytes are authentic or not even sealed, but not the ones their name or the index promises. */
    public static final class Mismatch extends SealException {
        private static final long serialVersionUID = 1;

        Mismatch(String message) {
            super(message);
        }
    }

    /** The compressed form is not one zstd frame within bounds. */
    public static final class BadFrame extends SealException {
        private static final long serialVersionUID = 1;

        BadFrame(String message) {
            super(message);
        }
    }

    /** A key file asks for a key derivation beyond bounds, which was not begun. */
    public static final class Unreasonable extends SealException {
        private static final long serialVersionUID = 1;

        Unreasonable(String message) {
            super(message);
        }
    }
}
