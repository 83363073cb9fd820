package cofre.control;

/** What came over the socket is not the protocol. The message is a whole sentence. */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1;

    ProtocolException(String message) {
        super(message);
    }
}
