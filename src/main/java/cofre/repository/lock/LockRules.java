package cofre.repository.lock;

import cofre.format.LockFile;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongPredicate;

/**
 * restic's rules about locks ({@code doc/design.rst}, Locks).
 *
 * @param hostname this host's name
 * @param isAlive whether a process of this host is alive
 */
public record LockRules(String hostname, LongPredicate isAlive) {
    /** How often a holder refreshes its lock. */
    public static final Duration REFRESH_EVERY = Duration.ofMinutes(5);

    /** A holder that could not refresh for so long must stop: soon others may think it dead. */
    public static final Duration VALID_FOR = Duration.ofSeconds(22 * 60 + 30);

    /** After so long without refresh a holder counts as dead. */
    public static final Duration STALE_AFTER = Duration.ofMinutes(30);

    /** Whether the two may not hold their locks at the same time. */
    public static boolean conflict(boolean exclusive, LockFile other) {
        return exclusive || other.exclusive();
    }

    /** Whether the lock's holder is known to be dead: only a process of this very host can be asked. */
    public boolean isHolderDead(LockFile lock) {
        return lock.hostname().equals(hostname) && !isAlive.test(lock.pid());
    }

    /** Whether the lock no longer counts, for somebody who lets it count for so long without refresh. */
    public boolean isStale(LockFile lock, Instant now, Duration after) {
        return isHolderDead(lock) || lock.time().toInstant().plus(after).isBefore(now);
    }
}
