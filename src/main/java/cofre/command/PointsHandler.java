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
import cofre.repository.StoredSnapshot;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code points}: the restore points of a repository, oldest first, with what each cost. */
final class PointsHandler implements CommandHandler {
    private final OpenRepositories repositories;

    PointsHandler(OpenRepositories repositories) {
        this.repositories = repositories;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("share", "repository"));
        Optional<String> share = request.args().text("share");
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        Progress heard = new ReplyProgress(reply);
        List<StoredSnapshot> points =
                Failures.inCommand(() -> repositories.sessionNow(settings).snapshots(heard));
        List<StoredSnapshot> shown = points.stream()
                .filter(p -> share.isEmpty() || PointTags.share(p.snapshot()).equals(share.get()))
                .sorted(Comparator.comparing(
                                (StoredSnapshot p) -> p.snapshot().time().toInstant())
                        .thenComparing(p -> p.id().hex()))
                .toList();
        for (StoredSnapshot point : shown) {
            reply.item(row(point));
        }
        reply.result(Exit.OK, Map.of("points", shown.size()));
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
