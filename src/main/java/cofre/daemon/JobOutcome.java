package cofre.daemon;

import java.util.Map;

/**
 * What a job that came to its end has to say.
 *
 * @param exit one of {@link cofre.control.Exit}
 * @param data JSON values; what is under {@link #ITEMS}, a list of objects, is told row by row
 */
public record JobOutcome(int exit, Map<String, Object> data) {
    /** The rows of a job that made several things. */
    public static final String ITEMS = "items";

    /** Why the job came to less than was asked for, a sentence: told as the error of the answer, after the rows. */
    public static final String FAILURE = "failure";
}
