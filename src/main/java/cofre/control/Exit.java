package cofre.control;

/** Exit statuses: restic's and one of ours, so that scripts made for it understand ours. */
public final class Exit {
    /** All went well. */
    public static final int OK = 0;

    /** It did not work. */
    public static final int FAILED = 1;

    /** The command line cannot be understood. */
    public static final int USAGE = 2;

    /** There is a restore point, but some files could not be read. */
    public static final int INCOMPLETE = 3;

    /** There is no repository there. */
    public static final int NO_REPOSITORY = 10;

    /** Somebody else holds the repository's lock. */
    public static final int LOCKED = 11;

    /** The password opens no key. */
    public static final int WRONG_PASSWORD = 12;

    /** The repository is not what this host knows it to be; nothing was written to it. Not one of restic's. */
    public static final int UNRECOGNISED = 20;

    /** Interrupted by a signal, or cancelled. */
    public static final int INTERRUPTED = 130;

    private Exit() {}
}
