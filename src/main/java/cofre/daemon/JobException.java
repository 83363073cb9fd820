package cofre.daemon;

/** A job cannot do its work. The message is a whole sentence for people and holds no secrets. */
public final class JobException extends Exception {
    private static final long serialVersionUID = 1;

    private final int exit;

    /** @param exit one of {@link cofre.control.Exit}, not OK */
    public JobException(int exit, String message, Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    /** The exit status. */
    public int exit() {
        return exit;
    }
}
