package cofre.daemon;

import cofre.control.Exit;
import cofre.control.ProtocolException;
import cofre.progress.Level;
import cofre.progress.ProgressReport;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Jobs as JSON values: in the history's file, and in the answer to {@code status}. */
public final class JobCodec {
    private JobCodec() {}

    /** The job as a JSON object. */
    public static Map<String, Object> toJson(JobView job) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", job.id());
        map.put("kind", job.kind());
        map.put("title", job.title());
        map.put("state", job.state().name().toLowerCase(Locale.ROOT));
        map.put("queued", job.queued().toString());
        job.started().ifPresent(t -> map.put("started", t.toString()));
        job.ended().ifPresent(t -> map.put("ended", t.toString()));
        map.put("phase", job.report().phase());
        map.put("files_done", job.report().filesDone());
        map.put("files_total", job.report().filesTotal());
        map.put("bytes_done", job.report().bytesDone());
        map.put("bytes_total", job.report().bytesTotal());
        map.put("bytes_per_second", job.report().bytesPerSecond());
        map.put("elapsed_ms", job.report().elapsedMillis());
        map.put("warnings", job.warnings());
        List<Object> messages = new ArrayList<>();
        for (JobMessage message : job.messages()) {
            messages.add(Map.of("level", message.level().name().toLowerCase(Locale.ROOT), "text", message.text()));
        }
        map.put("messages", messages);
        map.put("exit", (long) job.exit());
        map.put("error", job.error());
        map.put("data", job.data());
        return map;
    }

    /** The job that was written; one that had not ended has failed, since whoever did it is gone. */
    @SuppressWarnings("unchecked")
    static JobView fromJson(Object json) throws ProtocolException {
        try {
            Map<String, Object> map = (Map<String, Object>) json;
            JobState state = JobState.valueOf(text(map, "state").toUpperCase(Locale.ROOT));
            List<JobMessage> messages = new ArrayList<>();
            for (Object each : (List<Object>) map.get("messages")) {
                Map<String, Object> message = (Map<String, Object>) each;
                messages.add(new JobMessage(
                        Level.valueOf(text(message, "level").toUpperCase(Locale.ROOT)), text(message, "text")));
            }
            return new JobView(
                    number(map, "id"),
                    text(map, "kind"),
                    text(map, "title"),
                    state.isEnd() ? state : JobState.FAILED,
                    Instant.parse(text(map, "queued")),
                    Optional.ofNullable((String) map.get("started")).map(Instant::parse),
                    Optional.ofNullable((String) map.get("ended")).map(Instant::parse),
                    report(map),
                    number(map, "warnings"),
                    messages,
                    state.isEnd() ? (int) number(map, "exit") : Exit.FAILED,
                    state.isEnd() ? text(map, "error") : "cannot say how it ended: the daemon stopped before it did",
                    (Map<String, Object>) map.get("data"));
        } catch (ClassCastException | NullPointerException | IllegalArgumentException | DateTimeException e) {
            throw new ProtocolException("a job in it cannot be read");
        }
    }

    private static ProgressReport report(Map<String, Object> map) {
        return new ProgressReport(
                text(map, "phase"),
                number(map, "files_done"),
                number(map, "files_total"),
                number(map, "bytes_done"),
                number(map, "bytes_total"),
                number(map, "bytes_per_second"),
                number(map, "elapsed_ms"));
    }

    private static String text(Map<String, Object> map, String name) {
        return java.util.Objects.requireNonNull((String) map.get(name));
    }

    private static long number(Map<String, Object> map, String name) {
        return (Long) map.get(name);
    }
}
