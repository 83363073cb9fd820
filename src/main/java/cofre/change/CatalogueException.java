package cofre.change;

/**
 * The catalogue cannot be used any further; nothing but speed is lost, as the share can be walked and the catalogue made
 * anew. The message is a whole sentence.
 */
public abstract sealed class CatalogueException extends Exception {
    private static final long serialVersionUID = 1;

    private CatalogueException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What is on disk is not what was written there. */
    public static final class Damaged extends CatalogueException {
        private static final long serialVersionUID = 1;

        public Damaged(String message) {
            super(message, null);
        }
    }

    /** The system does not let us read or write it: disk full, I/O error. */
    public static final class Unusable extends CatalogueException {
        private static final long serialVersionUID = 1;

        public Unusable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Something does not fit into it: an object's number, or what is to be kept beside the objects. */
    public static final class TooLarge extends CatalogueException {
        private static final long serialVersionUID = 1;

        public TooLarge(String message) {
            super(message, null);
        }
    }
}
