package cofre.control;

/** A command cannot do what was asked. The message is a whole sentence for the caller and holds no secrets. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1;

    private final int exit;

    /** @param exit one of {@link Exit}, not {@link Exit#OK} */
    public CommandException(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    /** The exit status the caller is to end with. */
    public int exit() {
        return exit;
    }
}
