package cofre.format;

/** Bytes that are not what the format says they must be. The message says what was found and what was expected. */
public final class FormatException extends Exception {
    private static final long serialVersionUID = 1;

    /** With a whole sentence. */
    public FormatException(String message) {
        super(message);
    }

    /** With a whole sentence and what led to it. */
    public FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
