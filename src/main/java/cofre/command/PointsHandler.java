package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.format.PointTags;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.repository.StoredSnapshot;
import cofre.state.Trash;
import cofre.storage.BackendException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code points}: the restore points of a repository, oldest first, with what each cost; or those that were forgotten. */
final class PointsHandler implements CommandHandler {
    private final OpenRepositories repositories;
    private final Undelete undelete;

    PointsHandler(OpenRepositories repositories, Undelete undelete) {
        this.repositories = repositories;
        this.undelete = undelete;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("share", "repository", "forgotten"));
        Optional<String> share = request.args().text("share");
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        Progress heard = new ReplyProgress(reply);
        List<Map<String, Object>> rows = Failures.inCommand(() -> {
            Repository repository = repositories.sessionNow(settings);
            return request.args().flag("forgotten")
                    ? forgotten(settings, repository, share, heard)
                    : shown(repository.snapshots(heard), share)
                            .map(PointsHandler::row)
                            .toList();
        });
        for (Map<String, Object> row : rows) {
            reply.item(row);
        }
        reply.result(Exit.OK, Map.of("points", rows.size()));
    }

    private static Stream<StoredSnapshot> shown(List<StoredSnapshot> points, Optional<String> share) {
        return points.stream()
                .filter(p -> share.isEmpty() || PointTags.share(p.snapshot()).equals(share.get()))
                .sorted(Comparator.comparing(
                                (StoredSnapshot p) -> p.snapshot().time().toInstant())
                        .thenComparing(p -> p.id().hex()));
    }

    private List<Map<String, Object>> forgotten(
            RepositorySettings settings, Repository repository, Optional<String> share, Progress heard)
            throws BackendException, IOException {
        Map<SnapshotId, Trash.Forgotten> kept = new HashMap<>();
        List<StoredSnapshot> points = new ArrayList<>();
        for (Undelete.Gone gone : undelete.gone(settings, repository, heard)) {
            kept.put(gone.point().id(), gone.kept());
            points.add(gone.point());
        }
        PointTrash trash = undelete.trash(settings, repository);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (StoredSnapshot point : shown(points, share).toList()) {
            Trash.Forgotten how = kept.get(point.id());
            Map<String, Object> row = row(point);
            row.put("forgotten", how.time().toString());
            row.put("left", Math.max(0, trash.left(how).toSeconds()));
            rows.add(row);
        }
        return rows;
    }

    static Map<String, Object> row(StoredSnapshot point) {
        Snapshot record = point.snapshot();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("point", point.id().toString());
        row.put("id", point.id().hex());
        row.put("time", record.time().toInstant().toString());
        row.put("share", PointTags.share(record));
        row.put("host", record.hostname());
        row.put("paths", String.join(" ", record.paths()));
        row.put("source", PointTags.zfsSnapshot(record));
        record.summary().ifPresent(summary -> {
            row.put("files", summary.totalFilesProcessed());
            row.put("bytes", summary.totalBytesProcessed());
            row.put("added_bytes", summary.dataAdded());
            row.put("stored_bytes", summary.dataAddedPacked());
        });
        return row;
    }
}
