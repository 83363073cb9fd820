package cofre.repository.check;

/**
 * One thing a check found.
 *
 * @param severity how bad it is
 * @param object what it is about, e.g. {@code pack 0123abcd}
 * @param meaning what is wrong and what that means, a sentence
 * @param advice what can be done, a sentence
 */
public record Finding(Severity severity, String object, String meaning, String advice) {
    /** How bad a finding is. */
    public enum Severity {
        /** Worth knowing: costs space, not data. */
        INFO,
        /** Something is not as it should be, but every restore point can be restored. */
        WARNING,
        /** At least one restore point is not whole. */
        DAMAGE
    }

    @Override
    public String toString() {
        return object + ": " + meaning + "; " + advice;
    }
}
