package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.ShareSettings;
import cofre.config.ShareSource;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.JobView;
import cofre.daemon.Jobs;
import cofre.state.ShareMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@code status}: is everything backed up, and what is going on? Asks neither ZFS nor a store, so it always answers. */
final class StatusHandler implements CommandHandler {
    private final Supplier<CofreConfig> config;
    private final Memories memories;
    private final Jobs jobs;
    private final Map<String, String> facts;

    /** With what there is to say of the program itself. */
    StatusHandler(Supplier<CofreConfig> config, Memories memories, Jobs jobs, Map<String, String> facts) {
        this.config = config;
        this.memories = memories;
        this.jobs = jobs;
        this.facts = facts;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException {
        request.args().allowOnly(Set.of());
        List<Map<String, Object>> shares = new ArrayList<>();
        config.get().shares().values().forEach(share -> shares.add(share(share)));
        List<Map<String, Object>> rows = new ArrayList<>();
        jobs.list().forEach(job -> rows.add(job(job)));
        Map<String, Object> data = new LinkedHashMap<>(facts);
        data.put("shares", shares);
        data.put("jobs", rows);
        reply.result(Exit.OK, data);
    }

    private Map<String, Object> share(ShareSettings share) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("share", share.name());
        row.put(
                "source",
                share.source() instanceof ShareSource.Dataset dataset
                        ? "dataset " + dataset.dataset()
                        : "directory " + ((ShareSource.Directory) share.source()).path());
        row.put("repository", share.repository());
        Optional<ShareMemory.LastPoint> last = memories.last(share.name());
        last.ifPresent(point -> {
            row.put("newest", point.time().toString());
            row.put("point", point.point());
            row.put("view", point.view());
        });
        row.put("note", note(share, last.isPresent()));
        return row;
    }

    private static String note(ShareSettings share, boolean protectedOnce) {
        String consistency = Sources.isZfs(share) ? "" : "plain directory: no snapshot, not one moment's view";
        if (protectedOnce) {
            return consistency;
        }
        return consistency.isEmpty() ? "no restore point yet" : "no restore point yet; " + consistency;
    }

    private static Map<String, Object> job(JobView job) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", job.id());
        row.put("kind", job.kind());
        row.put("title", job.title());
        row.put("state", job.state().name().toLowerCase(Locale.ROOT));
        job.started().map(Instant::toString).ifPresent(started -> row.put("started", started));
        job.ended().map(Instant::toString).ifPresent(ended -> row.put("ended", ended));
        row.put("phase", job.report().phase());
        row.put("bytes_done", job.report().bytesDone());
        row.put("files_done", job.report().filesDone());
        row.put("warnings", job.warnings());
        row.put("exit", job.exit());
        Object failure = job.data().get("failure");
        row.put("error", job.error().isEmpty() && failure != null ? failure.toString() : job.error());
        return row;
    }
}
