package cofre.previous;

/** Previous versions could not be kept or looked at. The message is a whole sentence. */
public final class PreviousException extends Exception {
    private static final long serialVersionUID = 1;

    /** With a whole sentence and what led to it. */
    public PreviousException(String message, Throwable cause) {
        super(message, cause);
    }
}
