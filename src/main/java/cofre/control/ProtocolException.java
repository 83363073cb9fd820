package cofre.control;

/** What came over the socket is not the protocol. The message is a whole sentence. */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param message a whole sentence, safe to show */
    public ProtocolException(String message) {
        super(message);
    }
}
