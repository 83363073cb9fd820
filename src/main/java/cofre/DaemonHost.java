package cofre;

import cofre.backup.BackupRun;
import cofre.backup.Origin;
import cofre.posix.Posix;
import cofre.repository.Repository;
import cofre.repository.RepositoryLock;
import cofre.repository.lock.LockRules;
import cofre.seal.ScryptCost;
import cofre.seal.TagFunction;
import cofre.shim.HotLoops;
import cofre.shim.Poly1305;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;

/**
 * What the daemon gets from the machine it runs on.
 *
 * @param posix the system's calls
 * @param loops the hot loops, native or not
 * @param facts of the program, as {@code version} tells them
 * @param keyCost of trying the password of a key made here
 * @param clock wall time
 * @param random for keys, names and jitter
 */
record DaemonHost(
        Posix posix, HotLoops loops, Map<String, String> facts, ScryptCost keyCost, Clock clock, SecureRandom random) {
    /** Long enough for a store to show what somebody else wrote at the same moment; restic's. */
    private static final long LOCK_SETTLE_MILLIS = 200;

    private static final int RUN_ID_BYTES = 4;
    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Authenticates by the fastest code there is, with a state of its own in each thread. */
    TagFunction tags() {
        ThreadLocal<Poly1305> own =
                ThreadLocal.withInitial(() -> loops.poly1305s().get());
        return (key, in, offset, length, out, at) -> own.get().tag(key, in, offset, length, out, at);
    }

    /** Who locks repositories. */
    RepositoryLock.Holder holder() {
        LockRules rules = new LockRules(hostname(), pid -> ProcessHandle.of(pid).isPresent());
        return new RepositoryLock.Holder(
                user(),
                posix.process().pid(),
                posix.process().uid(),
                posix.process().gid(),
                rules,
                clock,
                System::nanoTime,
                LOCK_SETTLE_MILLIS);
    }

    private String user() {
        return posix.accounts().userName(posix.process().uid()).orElse("");
    }

    /** This host's name, as restore points carry it. */
    static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }

    /** What a backup into this repository needs. */
    BackupRun.Tools tools(Repository repository) {
        Origin origin = new Origin(
                hostname(),
                user(),
                posix.process().uid(),
                posix.process().gid(),
                "cofre " + facts.getOrDefault("cofre", ""));
        return new BackupRun.Tools(
                () -> loops.chunker(repository.polynomial()),
                new HostOwners(posix.accounts()),
                origin,
                clock,
                threads());
    }

    /** How much is done at once. */
    static int threads() {
        return Math.min(BackupRun.MAX_THREADS, Runtime.getRuntime().availableProcessors());
    }

    /** A name no other run has. */
    String runId() {
        byte[] suffix = new byte[RUN_ID_BYTES];
        random.nextBytes(suffix);
        return RUN_ID.format(Instant.now(clock)) + "-" + HexFormat.of().formatHex(suffix);
    }
}
