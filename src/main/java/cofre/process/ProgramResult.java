package cofre.process;

/**
 * How a program ended. Immutable.
 *
 * @param ending what ended it
 * @param status its exit status; meaningful for {@link Ending#EXITED} only
 * @param out its standard output, one char per byte (ISO 8859-1): no byte is lost, whatever it is
 * @param outComplete whether the end of standard output was seen
 * @param err its standard error as text safe to show, its lines joined by {@code "; "}; for {@link Ending#NOT_STARTED}
 *     the reason
 */
public record ProgramResult(Ending ending, int status, String out, boolean outComplete, String err) {
    /** What ended a program. */
    public enum Ending {
        /** It ended by itself, or by somebody else's signal. */
        EXITED,
        /** The deadline passed; it was killed. */
        TIMED_OUT,
        /** It wrote more than is believed; it was killed. */
        TOO_MUCH_OUTPUT,
        /** The calling thread was interrupted; it was killed and the thread's interrupt status is set. */
        INTERRUPTED,
        /** It could not be started. */
        NOT_STARTED
    }

    /** Whether it ended by itself with status 0. */
    public boolean isSuccess() {
        return ending == Ending.EXITED && status == 0;
    }

    /** Whether all of standard output was read and its last line was ended: what is there is not a part of it. */
    public boolean endedCleanly() {
        return outComplete && (out.isEmpty() || out.endsWith("\n"));
    }

    /** For people: how it ended and what it said on standard error. */
    public String story() {
        String how = switch (ending) {
            case EXITED -> "exit status " + status;
            case TIMED_OUT -> "no end before the deadline, killed";
            case TOO_MUCH_OUTPUT -> "more output than can be believed, killed";
            case INTERRUPTED -> "interrupted, killed";
            case NOT_STARTED -> "not started";
        };
        return err.isEmpty() ? how : how + ", saying: " + err;
    }
}
