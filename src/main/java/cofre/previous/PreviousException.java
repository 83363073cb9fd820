package cofre.previous;

/** Previous versions could not be kept or looked at. The message is a whole sentence. */
public final class PreviousException extends Exception {
    private static final long serialVersionUID = 1;

    PreviousException(String message, Throwable cause) {
        super(message, cause);
    }
}
