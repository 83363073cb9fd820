package cofre.schedule;

/** Words that are no schedule. The message is a whole sentence for people. */
public final class ScheduleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String actual;
    private final String expected;

    ScheduleException(String said, String actual, String expected) {
        super("cannot read schedule \"" + said + "\": " + actual + " vs " + expected);
        this.actual = actual;
        this.expected = expected;
    }

    /** What is there. */
    public String actual() {
        return actual;
    }

    /** What should be there. */
    public String expected() {
        return expected;
    }
}
