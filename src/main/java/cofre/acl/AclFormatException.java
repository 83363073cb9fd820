package cofre.acl;

/** Bytes or text that are no access control list. Who meets one lets only owner and root in. */
public final class AclFormatException extends Exception {
    private static final long serialVersionUID = 1;

    /** With a whole sentence: what was found and what was expected. */
    public AclFormatException(String message) {
        super(message);
    }
}
