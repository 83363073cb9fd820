package cofre.command;

import cofre.backup.BackupRun;
import cofre.backup.LastRun;
import cofre.format.BadCopy;
import cofre.format.PackId;
import cofre.format.RepositoryId;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.source.Frozen;
import cofre.state.PackLog;
import cofre.state.PassedTime;
import cofre.state.RepositoryMemory;
import cofre.state.ShareMemory;
import cofre.state.ShownPoints;
import cofre.state.Trash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this host remembers of shares and repositories, below the state directory. Thread-safe. */
public final class Memories {
    private static final Logger LOG = LoggerFactory.getLogger(Memories.class);

    private final Path stateDir;
    private final Map<String, RepositoryMemory> repositories = new ConcurrentHashMap<>();
    private final PassedTime passed;
    private final Map<RepositoryId, RepositoryHealth> healths = new ConcurrentHashMap<>();

    /**
     * Memories kept below this directory.
     *
     * @param wall the clock people read, which may be set
     * @param nanos one that is never set
     */
    public Memories(Path stateDir, Clock wall, LongSupplier nanos) {
        this.stateDir = stateDir;
        this.passed = new PassedTime(stateDir.resolve("passed"), wall, nanos);
    }

    /** Time as this host saw it pass. */
    PassedTime passed() {
        return passed;
    }

    /** The forgotten points of a repository. */
    PointTrash trash(RepositoryId repository, Duration stay) {
        return new PointTrash(new Trash(stateDir.resolve("trash").resolve(repository.hex())), passed, stay);
    }

    /** A share's last restore point, as far as it can be read. */
    Optional<ShareMemory.LastPoint> last(String share) {
        try {
            return memory(share).read();
        } catch (IOException e) {
            LOG.warn("event=memory_unreadable share={} cause=\"{}\"", share, e.getMessage());
            return Optional.empty();
        }
    }

    /** What the next run of a share into this repository starts from; empty when the last one went elsewhere. */
    Optional<LastRun> lastRun(String share, RepositoryId repository) {
        return last(share)
                .filter(point -> point.repository().equals(repository.hex()))
                .flatMap(DetectionMemory::toRun);
    }

    /** Where a share's catalogue is. */
    Path catalogue(String share) {
        return stateDir.resolve("shares").resolve(share + ".catalogue");
    }

    /**
     * An administrator has looked into what an audit found.
     *
     * @return whether there was anything to look into
     */
    boolean trust(String share) throws IOException {
        Optional<ShareMemory.LastPoint> last = memory(share).read();
        if (last.isEmpty() || last.get().detection().distrust().isEmpty()) {
            return false;
        }
        memory(share).write(DetectionMemory.trusted(last.get()));
        return true;
    }

    /** What is remembered of the points that are shown of a share. */
    ShownPoints shownPoints(String share) {
        return new ShownPoints(stateDir.resolve("shares").resolve(share + ".points.json"));
    }

    /** What is known of the repository of this name; the same object each time, as its changes are made in turn. */
    RepositoryMemory repository(String name) {
        return repositories.computeIfAbsent(
                name, n -> new RepositoryMemory(stateDir.resolve("repositories").resolve(n + ".json")));
    }

    /** What is known of the health of the repository with this id; the same object each time. */
    RepositoryHealth health(RepositoryId id) {
        return healths.computeIfAbsent(id, i -> RepositoryHealth.in(stateDir.resolve("checks"), i));
    }

    private ShareMemory memory(String share) {
        return new ShareMemory(stateDir.resolve("shares").resolve(share + ".json"));
    }

    /** The memory of a run into one repository; what cannot be remembered is told to {@code progress}. */
    BackupRun.Memory of(RepositoryId repository, Progress progress) {
        PackLog log = new PackLog(stateDir.resolve("packs").resolve(repository.hex() + ".log"));
        return new RunMemory(repository, log, progress);
    }

    private final class RunMemory implements BackupRun.Memory {
        private final RepositoryId repository;
        private final PackLog log;
        private final Progress progress;

        RunMemory(RepositoryId repository, PackLog log, Progress progress) {
            this.repository = repository;
            this.log = log;
            this.progress = progress;
        }

        @Override
        public List<PackId> packsBegun() {
            try {
                return log.read();
            } catch (IOException e) {
                LOG.warn("event=pack_log_unreadable cause=\"{}\"", e.getMessage());
                return List.of(); // costs another upload, nothing else
            }
        }

        @Override
        public void packBegun(PackId pack) {
            try {
                log.add(pack);
            } catch (IOException e) {
                LOG.warn("event=pack_log_unwritable cause=\"{}\"", e.getMessage());
            }
        }

        @Override
        public Set<BadCopy> badCopies() {
            return health(repository).badCopies();
        }

        @Override
        public Set<BadCopy> badCopiesSince(String share) {
            return health(repository).badCopiesSince(share);
        }

        @Override
        public void goneOver(String share, Set<BadCopy> copies) {
            health(repository).goneOver(share, copies);
        }

        @Override
        public void committed(String share, LastRun run, Frozen view) {
            try {
                memory(share)
                        .write(new ShareMemory.LastPoint(
                                run.point().hex(),
                                repository.hex(),
                                view.source().identity(),
                                view.label(),
                                view.viewId(),
                                view.time(),
                                DetectionMemory.toState(run)));
                log.clear();
            } catch (IOException e) {
                // Not the run's failure: the point is made. The view remembered before stays held, and so does this
                // one.
                progress.message(
                        Level.WARNING,
                        "cannot remember restore point " + run.point() + " of share " + share + " in " + stateDir + ": "
                                + e + "; it is made and can be restored, but status does not show it; make room there");
            }
        }
    }
}
