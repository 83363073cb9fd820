package cofre.storage;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop of tries and pauses. */
record Attempts(RetryPolicy policy, LongSupplier nanoTime, Sleeper sleeper, RandomGenerator random) {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingBackend.class);

    /** One try; {@code tries} counts from 1. */
    @FunctionalInterface
    interface Attempt<T> {
        T run(int tries) throws BackendException;
    }

    /** Runs {@code attempt} until it succeeds, fails for good, or time is up. */
    <T> T run(Attempt<T> attempt) throws BackendException {
        long began = nanoTime.getAsLong();
        int damaged = 0;
        for (int tries = 1; ; tries++) {
            BackendException failure;
            Duration asked = Duration.ZERO;
            try {
                return attempt.run(tries);
            } catch (BackendException.Unreachable e) {
                failure = e;
                asked = e.retryAfter().orElse(Duration.ZERO);
            } catch (BackendException.TransferDamage e) {
                if (++damaged >= policy.damageTries()) {
                    throw e;
                }
                failure = e;
            }
            pause(failure, asked, tries, Duration.ofNanos(nanoTime.getAsLong() - began));
        }
    }

    /** Waits, or throws {@code failure} when there is no time left. */
    private void pause(BackendException failure, Duration asked, int tries, Duration spent) throws BackendException {
        if (Thread.currentThread().isInterrupted()) {
            throw failure;
        }
        Duration pause = jitter(policy.pauseAfter(tries));
        pause = asked.compareTo(pause) > 0 ? asked : pause;
        if (spent.plus(pause).compareTo(policy.giveUp()) >= 0) {
            LOG.warn("giving up tries={} spent_s={} cause=\"{}\"", tries, spent.toSeconds(), failure.getMessage());
            throw failure;
        }
        LOG.warn("trying again try={} pause_ms={} cause=\"{}\"", tries + 1, pause.toMillis(), failure.getMessage());
        try {
            sleeper.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** Half to one and a half of the pause. */
    private Duration jitter(Duration pause) {
        return Duration.ofNanos((long) (pause.toNanos() * (0.5 + random.nextDouble())));
    }
}
