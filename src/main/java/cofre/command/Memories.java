package cofre.command;

import cofre.backup.BackupRun;
import cofre.format.PackId;
import cofre.format.RepositoryId;
import cofre.format.SnapshotId;
import cofre.source.Frozen;
import cofre.state.PackLog;
import cofre.state.ShareMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this host remembers of shares and repositories, below the state directory. Thread-safe. */
public final class Memories {
    private static final Logger LOG = LoggerFactory.getLogger(Memories.class);

    private final Path stateDir;

    /** Memories kept below this directory. */
    public Memories(Path stateDir) {
        this.stateDir = stateDir;
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

    private ShareMemory memory(String share) {
        return new ShareMemory(stateDir.resolve("shares").resolve(share + ".json"));
    }

    /** The memory of runs into one repository. */
    BackupRun.Memory of(RepositoryId repository) {
        PackLog log = new PackLog(stateDir.resolve("packs").resolve(repository.hex() + ".log"));
        return new RunMemory(repository, log);
    }

    private final class RunMemory implements BackupRun.Memory {
        private final RepositoryId repository;
        private final PackLog log;

        RunMemory(RepositoryId repository, PackLog log) {
            this.repository = repository;
            this.log = log;
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
        public void committed(String share, SnapshotId snapshot, Frozen view) {
            try {
                memory(share)
                        .write(new ShareMemory.LastPoint(
                                snapshot.hex(),
                                repository.hex(),
                                view.source().identity(),
                                view.label(),
                                view.viewId(),
                                view.time()));
                log.clear();
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "cannot remember restore point " + snapshot + " of share " + share + " in " + stateDir
                                + "; it is in the repository and can be restored; make room there",
                        e);
            }
        }
    }
}
