package cofre.command;

import cofre.config.RepositorySettings;
import cofre.format.BlobId;
import cofre.format.SnapshotId;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.SparedPoints;
import cofre.state.Trash;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The forgotten points of a repository, as a prune has to know of them: those whose time is over leave the trash, the others
 * are spared. For one prune.
 */
final class ForgottenPoints implements SparedPoints {
    private static final Logger LOG = LoggerFactory.getLogger(ForgottenPoints.class);

    private final RepositorySettings settings;
    private final Repository repository;
    private final PointTrash trash;
    private final boolean dryRun;
    private final Progress progress;

    /** @param dryRun whether nothing leaves the trash */
    ForgottenPoints(
            RepositorySettings settings, Repository repository, Memories memories, boolean dryRun, Progress progress) {
        this.settings = settings;
        this.repository = repository;
        this.trash = memories.trash(
                repository.config().id(), settings.care().forget().trash());
        this.dryRun = dryRun;
        this.progress = progress;
    }

    @Override
    public Map<SnapshotId, BlobId> roots() throws IOException {
        Map<SnapshotId, BlobId> roots = new HashMap<>();
        for (Trash.Forgotten one : trash.list()) {
            if (trash.left(one).isNegative() || trash.left(one).isZero()) {
                LOG.info("event=point_left_trash repository={} point={}", settings.name(), one.id());
                remove(one.id());
                continue;
            }
            try {
                roots.put(
                        one.id(), repository.openRecord(one.id(), one.stored()).tree());
            } catch (RepositoryException e) {
                lost(one.id(), e.getMessage());
            }
        }
        return roots;
    }

    @Override
    public void lost(SnapshotId point, String why) throws IOException {
        LOG.warn("event=point_lost repository={} point={} cause=\"{}\"", settings.name(), point, why);
        progress.message(
                Level.WARNING,
                "forgotten restore point " + point + " cannot be brought back any more: " + why
                        + " (another program may have pruned the repository)");
        remove(point);
    }

    private void remove(SnapshotId point) throws IOException {
        if (!dryRun) {
            trash.remove(point);
        }
    }
}
