package cofre.testkit;

import cofre.backup.BackupRun;
import cofre.backup.LastRun;
import cofre.backup.Origin;
import cofre.backup.Owners;
import cofre.chunk.ChunkTables;
import cofre.chunk.Chunker;
import cofre.chunk.JavaCutFinder;
import cofre.format.PackId;
import cofre.format.SnapshotId;
import cofre.repository.Engine;
import cofre.repository.Repository;
import cofre.repository.RepositoryLock;
import cofre.repository.Tuning;
import cofre.repository.lock.LockRules;
import cofre.seal.Compression;
import cofre.seal.ScryptCost;
import cofre.seal.Secret;
import cofre.seal.TagFunction;
import cofre.source.Frozen;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/** Everything a repository and a run need, wired for tests: small packs, no waiting for locks to settle. */
public final class Engines {
    public static final String PASSWORD = "correct horse";
    private static final int SMALL_PACKS = 4 << 20;

    private Engines() {}

    /** The password every test repository has. */
    public static Secret password() {
        return Secret.ofChars(PASSWORD.toCharArray());
    }

    /** An engine with this clock. */
    public static Engine engine(Clock clock) {
        return engine(
                clock,
                ProcessHandle.current().pid(),
                pid -> ProcessHandle.of(pid).isPresent());
    }

    /** An engine of the process {@code pid} of a host where {@code isAlive} tells who lives. */
    public static Engine engine(Clock clock, long pid, LongPredicate isAlive) {
        RepositoryLock.Holder holder = new RepositoryLock.Holder(
                "tester", pid, 0, 0, new LockRules("host", isAlive), clock, System::nanoTime, 0);
        return new Engine(
                new Tuning(SMALL_PACKS, 3, 3),
                Compression.AUTO,
                ScryptCost.FLOOR,
                new SecureRandom(),
                TagFunction.bouncyCastle(),
                System::nanoTime,
                holder);
    }

    /** Tools for runs into this repository. */
    public static BackupRun.Tools tools(Repository repository, Clock clock) {
        ChunkTables tables = new ChunkTables(repository.polynomial());
        return new BackupRun.Tools(
                () -> new Chunker(new JavaCutFinder(tables)),
                new NoOwners(),
                new Origin("host", "tester", 0, 0, "cofre test"),
                clock,
                2);
    }

    /** A host that knows no names. */
    private static final class NoOwners implements Owners {
        @Override
        public String user(long uid) {
            return uid == 0 ? "root" : "";
        }

        @Override
        public String group(long gid) {
            return gid == 0 ? "root" : "";
        }
    }

    /** Remembers as a host does, in memory. */
    public static final class HostMemory implements BackupRun.Memory {
        private final List<PackId> begun = new ArrayList<>();
        private final List<SnapshotId> committed = new ArrayList<>();

        @Override
        public synchronized List<PackId> packsBegun() {
            return List.copyOf(begun);
        }

        @Override
        public synchronized void packBegun(PackId pack) {
            begun.add(pack);
        }

        @Override
        public synchronized void committed(String share, LastRun run, Frozen view) {
            committed.add(run.point());
            begun.clear();
        }

        /** The restore points made, oldest first. */
        public synchronized List<SnapshotId> points() {
            return List.copyOf(committed);
        }
    }
}
