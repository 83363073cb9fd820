package cofre.config;

import java.time.Duration;
import java.util.Optional;

/**
 * A table {@code [repository.NAME]}.
 *
 * @param name letters, digits, {@code . _ -}
 * @param location where it is
 * @param password where its password comes from
 * @param tls whom to trust and who to be; all empty for a local directory or plain http
 * @param compression how hard to compress
 * @param packSize bytes a pack aims at: 4 MiB to 128 MiB
 * @param connections requests at the same time: 1 to 64
 * @param timeout a request that moves no byte for this long is given up
 * @param longest a request is given up after this long, whatever it moves
 * @param retryFor how long a failing request is tried again
 * @param care what is done for it by itself
 * @param limits how fast it may be used
 */
public record RepositorySettings(
        String name,
        RepositoryLocation location,
        PasswordSource password,
        TlsFiles tls,
        Compression compression,
        long packSize,
        int connections,
        Duration timeout,
        Duration longest,
        Duration retryFor,
        RepositoryCare care,
        TransferLimits limits) {
    /** The longest pack, 128 MiB, at 36 KiB/s: slower is as good as broken. */
    static final Duration LONGEST = Duration.ofHours(1);

    /** For somebody who waits: a pack of 16 MiB at 56 KiB/s. A server that trickles must not keep our threads for long. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** The same for somebody who waits: a request is given up after this long at most, and not tried again. */
    public RepositorySettings impatient(Duration most) {
        return new RepositorySettings(
                name,
                location,
                password,
                tls,
                compression,
                packSize,
                connections,
                timeout.compareTo(most) < 0 ? timeout : most,
                LONGEST_WAIT,
                Duration.ZERO,
                care,
                TransferLimits.NONE); // whoever looks at a file is not to wait for the night
    }

    /** The same for what removes something, where there is a way of its own for that. */
    public Optional<RepositorySettings> forMaintenance() {
        return care.maintenance()
                .map(way -> new RepositorySettings(
                        name,
                        way,
                        password,
                        tls,
                        compression,
                        packSize,
                        connections,
                        timeout,
                        longest,
                        retryFor,
                        care,
                        limits));
    }

    /** restic's levels. */
    public enum Compression {
        OFF,
        AUTO,
        FASTEST,
        BETTER,
        MAX
    }
}
