package cofre.schedule;

import java.time.Instant;

/**
 * A task that is to be begun now.
 *
 * @param task its name
 * @param time the first due time this is for; all up to now are dealt with by it
 * @param attempt 1, or more when earlier ones never ended: the program was killed meanwhile
 */
public record Due(String task, Instant time, int attempt) {
    /** Whoever dies each time is not begun again and again: after so many the next due time is waited for. */
    static final int MAX_ATTEMPTS = 3;

    /** Whether it is not to be begun any more: it has taken the program down too often. */
    public boolean isGivenUp() {
        return attempt > MAX_ATTEMPTS;
    }
}
