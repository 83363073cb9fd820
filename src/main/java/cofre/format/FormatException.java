package cofre.format;

/** Bytes that are not what the format says they must be. The message says what was found and what was expected. */
public sealed class FormatException extends Exception {
    private static final long serialVersionUID = 1;

    /** With a whole sentence. */
    public FormatException(String message) {
        super(message);
    }

    /** With a whole sentence and what led to it. */
    public FormatException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A repository of a version this program does not know: nothing is damaged, something newer wrote it. */
    public static final class UnsupportedVersion extends FormatException {
        private static final long serialVersionUID = 1;
        private final long version;

        UnsupportedVersion(long version) {
            super("cannot use repository of version " + version + " vs versions 1 and 2; "
                    + "it was made by a newer program: use that one, or a newer cofre");
            this.version = version;
        }

        /** The version found. */
        public long version() {
            return version;
        }
    }
}
