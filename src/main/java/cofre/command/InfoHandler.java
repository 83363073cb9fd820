package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.format.PointTags;
import cofre.format.Snapshot;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.RepositoryFigures;
import cofre.repository.StoredSnapshot;
import cofre.storage.BackendException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code info}: what a repository holds and takes, or all there is to know of one restore point. */
final class InfoHandler implements CommandHandler {
    private final OpenRepositories repositories;
    private final OneAtATime turns;

    InfoHandler(OpenRepositories repositories, OneAtATime turns) {
        this.repositories = repositories;
        this.turns = turns;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("point", "repository"));
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        Optional<String> point = request.args().text("point");
        Progress heard = new ReplyProgress(reply);
        reply.result(Exit.OK, turns.run(() -> {
            Repository repository = repositories.sessionNow(settings);
            return point.isPresent()
                    ? ofPoint(repository, point.get(), heard)
                    : ofRepository(settings, repository, heard);
        }));
    }

    private static Map<String, Object> ofRepository(RepositorySettings settings, Repository repository, Progress heard)
            throws BackendException, RepositoryException, InterruptedException, IOException {
        List<StoredSnapshot> points = repository.snapshots(heard);
        repository.loadIndex(heard);
        RepositoryFigures figures = RepositoryFigures.of(repository);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("repository", settings.name());
        data.put("location", repository.location());
        data.put("id", repository.config().id().hex());
        data.put("version", repository.config().version());
        data.put("points", points.size());
        data.put(
                "original_bytes",
                points.stream().mapToLong(InfoHandler::originalBytes).sum());
        data.put("deduplicated_bytes", figures.plainBytes());
        data.put("compressed_bytes", figures.storedBytes());
        data.put("packs", figures.packs());
        data.put("data_blobs", figures.dataBlobs());
        data.put("tree_blobs", figures.treeBlobs());
        return data;
    }

    private static long originalBytes(StoredSnapshot point) {
        return point.snapshot()
                .summary()
                .map(Snapshot.Summary::totalBytesProcessed)
                .orElse(0L);
    }

    private static Map<String, Object> ofPoint(Repository repository, String typed, Progress heard)
            throws BackendException, RepositoryException, CommandException {
        StoredSnapshot point = Points.find(repository, typed, heard);
        Snapshot record = point.snapshot();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("point", point.id().hex());
        data.put("time", record.time().toInstant().toString());
        data.put("share", PointTags.share(record));
        data.put("paths", String.join(" ", record.paths()));
        data.put("host", record.hostname());
        data.put("made_by", record.programVersion());
        data.put("zfs_snapshot", PointTags.zfsSnapshot(record));
        data.put("dataset_guid", PointTags.guid(record));
        data.put("parent", record.parent().map(Object::toString).orElse(""));
        data.put("tree", record.tree().hex());
        data.put("tags", String.join(" ", record.tags()));
        record.summary().ifPresent(summary -> {
            data.put("files", summary.totalFilesProcessed());
            data.put("files_new", summary.filesNew());
            data.put("files_changed", summary.filesChanged());
            data.put("files_unmodified", summary.filesUnmodified());
            data.put("original_bytes", summary.totalBytesProcessed());
            data.put("deduplicated_bytes", summary.dataAdded());
            data.put("compressed_bytes", summary.dataAddedPacked());
            data.put("new_chunks", summary.dataBlobs());
            data.put("new_directories", summary.treeBlobs());
        });
        return data;
    }
}
