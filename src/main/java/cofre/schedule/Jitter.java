package cofre.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32;

/**
 * Delays that look random and are the same each time they are asked for.
 *
 * @param seed what differs between hosts: its name
 * @param most the longest delay; zero for none
 */
public record Jitter(String seed, Duration most) {
    public Jitter {
        if (most.isNegative()) {
            throw new IllegalArgumentException("cannot delay by " + most + " vs 0 or more");
        }
    }

    /** A delay of whole seconds, at most {@code most} and at most half of what is left until the following due time. */
    Duration of(String group, Instant due, Instant following) {
        long half = Duration.between(due, following).toSeconds() / 2;
        long bound = Math.min(most.toSeconds(), half);
        CRC32 mix = new CRC32();
        mix.update((seed + '\n' + group + '\n' + due.getEpochSecond()).getBytes(StandardCharsets.UTF_8));
        return Duration.ofSeconds(mix.getValue() % (bound + 1));
    }
}
