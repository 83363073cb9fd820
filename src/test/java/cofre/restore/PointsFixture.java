package cofre.restore;

import cofre.backup.BackupReport;
import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.format.SnapshotId;
import cofre.path.RawPath;
import cofre.posix.Posix;
import cofre.progress.Progress;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.source.SnapshotSource;
import cofre.storage.Backend;
import cofre.storage.local.LocalBackend;
import cofre.target.DirectoryTarget;
import cofre.testkit.Engines;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A share in memory, a repository on disk, and short ways between them. */
final class PointsFixture implements AutoCloseable {
    static final RawPath ROOT = RawPath.ofDisplay("/tank/obras");
    static final Posix POSIX = Posix.load(System::nanoTime);

    final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    final MemorySource source = new MemorySource(clock);
    final MemoryNode live = source.tree("tank/obras");
    final Repository repository;
    private final Path store;
    private final Engines.HostMemory memory = new Engines.HostMemory();

    PointsFixture(Path store) throws Exception {
        this.store = store;
        repository = new Repositories(Engines.engine(clock)).init(new LocalBackend(store, clock), Engines.password());
    }

    /** The same repository seen through another store. */
    Repository through(Backend backend) throws Exception {
        return new Repositories(Engines.engine(clock)).open(backend, Engines.password());
    }

    /** Where the repository lies. */
    Path store() {
        return store;
    }

    SnapshotId backup() throws Exception {
        SnapshotSource.Request request = new SnapshotSource.Request("obras", "tank/obras", ROOT);
        BackupReport report = new BackupRun(Engines.tools(repository, clock), repository, memory, Progress.NONE)
                .run(new BackupRun.Job("obras", source, request, ExcludeRules.none(), "run-1"));
        return report.snapshot();
    }

    RestoreReport restore(RestoreRequest request, Path target) throws Exception {
        return restore(repository, request, target);
    }

    static RestoreReport restore(Repository from, RestoreRequest request, Path target) throws Exception {
        try (DirectoryTarget directory = target(target)) {
            return new RestoreRun(from, Progress.NONE, 3).run(request, directory);
        }
    }

    static DirectoryTarget target(Path path) {
        return new DirectoryTarget(POSIX, path(path), () -> 4711);
    }

    static RawPath path(Path path) {
        return RawPath.of(path.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        repository.close();
    }
}
