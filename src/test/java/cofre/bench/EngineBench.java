package cofre.bench;

import cofre.backup.BackupReport;
import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.backup.Origin;
import cofre.backup.Owners;
import cofre.path.RawPath;
import cofre.posix.Posix;
import cofre.progress.Progress;
import cofre.repository.Engine;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.RepositoryLock;
import cofre.repository.Tuning;
import cofre.repository.lock.LockRules;
import cofre.seal.Compression;
import cofre.seal.ScryptCost;
import cofre.seal.TagFunction;
import cofre.shim.HotLoops;
import cofre.shim.Poly1305;
import cofre.shim.Shim;
import cofre.source.SnapshotSource;
import cofre.storage.Backend;
import cofre.storage.local.LocalBackend;
import cofre.storage.rest.RestBackend;
import cofre.storage.rest.RestOptions;
import cofre.testkit.Engines;
import cofre.walk.DirectorySource;
import cofre.walk.PosixTree;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** How fast the engine alone is: {@code EngineBench DIRECTORY REPOSITORY}, twice. Not a test. */
public final class EngineBench {
    private EngineBench() {}

    /** Backs up a directory into a new repository, twice. */
    public static void main(String[] args) throws Exception {
        Clock clock = Clock.systemUTC();
        HotLoops loops = HotLoops.of(Shim.load(Path.of(System.getProperty("cofre.native", "native/build"))));
        System.out.println(loops.description());
        ThreadLocal<Poly1305> poly =
                ThreadLocal.withInitial(() -> loops.poly1305s().get());
        TagFunction tags = (key, in, off, len, out, at) -> poly.get().tag(key, in, off, len, out, at);
        RepositoryLock.Holder holder = new RepositoryLock.Holder(
                "bench", 1, 0, 0, new LockRules("bench", pid -> true), clock, System::nanoTime, 200);
        Engine engine = new Engine(
                Tuning.standard(),
                Compression.AUTO,
                ScryptCost.FLOOR,
                new SecureRandom(),
                tags,
                System::nanoTime,
                holder);
        Backend backend = args[1].startsWith("rest:")
                ? new RestBackend(RestOptions.parse(args[1], Optional.empty()), System::nanoTime)
                : new LocalBackend(Path.of(args[1]), clock);
        Repository repository = new Repositories(engine).init(backend, Engines.password());
        Posix posix = Posix.load(System::nanoTime);
        SnapshotSource source = new DirectorySource(new PosixTree(posix), clock);
        Owners owners = new Owners() {
            @Override
            public String user(long uid) {
                return posix.accounts().userName(uid).orElse("");
            }

            @Override
            public String group(long gid) {
                return posix.accounts().groupName(gid).orElse("");
            }
        };
        for (int i = 0; i < 2; i++) {
            Repository session = repository.session();
            BackupRun.Tools tools = new BackupRun.Tools(
                    () -> loops.chunker(session.polynomial()),
                    owners,
                    new Origin("bench", "bench", 0, 0, "bench"),
                    clock,
                    Runtime.getRuntime().availableProcessors());
            long begin = System.nanoTime();
            BackupReport report = new BackupRun(tools, session, new Engines.HostMemory(), Progress.NONE)
                    .run(new BackupRun.Job(
                            "bench",
                            source,
                            new SnapshotSource.Request("bench", args[0], RawPath.ofDisplay(args[0])),
                            ExcludeRules.none(),
                            "bench"));
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "%.2f s, %.0f MB/s, read %d MB, stored %d MB, %s%n",
                    seconds,
                    report.bytesRead() / 1e6 / seconds,
                    report.bytesRead() / 1_000_000,
                    report.summary().dataAddedPacked() / 1_000_000,
                    report.unreadable());
        }
    }
}
