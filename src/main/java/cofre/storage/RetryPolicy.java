package cofre.storage;

import java.time.Duration;

/**
 * How long to go on trying.
 *
 * @param firstPause before the second try; doubled before each further one
 * @param longestPause the doubling ends here
 * @param giveUp no new try begins this long after the first began
 * @param damageTries tries in all when what arrives is damaged: a store whose bytes are bad stays bad
 */
public record RetryPolicy(Duration firstPause, Duration longestPause, Duration giveUp, int damageTries) {
    /** 1 s doubling to 1 min, for 15 min: as restic does it; damage three times. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(15), 3);

    public RetryPolicy {
        if (firstPause.isNegative() || firstPause.isZero() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "cannot use pauses of " + firstPause + " to " + longestPause + " vs positive, growing ones");
        }
        if (giveUp.isNegative() || damageTries < 1) {
            throw new IllegalArgumentException("cannot use a retry policy of " + giveUp + " and " + damageTries
                    + " tries vs a time of 0 or more and 1 try or more");
        }
    }

    /** This policy with another time to give up after. */
    public RetryPolicy withGiveUp(Duration other) {
        return new RetryPolicy(firstPause, longestPause, other, damageTries);
    }

    /** The pause after try number {@code tries}, counted from 1, without jitter. */
    Duration pauseAfter(int tries) {
        // 2^30 first pauses are beyond any longest one, and far from overflow.
        Duration doubled = firstPause.multipliedBy(1L << Math.min(tries - 1, 30));
        return doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
    }
}
