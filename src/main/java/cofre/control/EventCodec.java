package cofre.control;

import cofre.progress.Level;
import cofre.progress.ProgressReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Events as JSON objects and back. */
public final class EventCodec {
    private EventCodec() {}

    /** The event as the object that is sent, also printed by {@code --json}. */
    public static Map<String, Object> toMap(ControlEvent event) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (event instanceof ControlEvent.Accepted accepted) {
            map.put("event", "accepted");
            map.put("job", accepted.job());
        } else if (event instanceof ControlEvent.Progress progress) {
            map.put("event", "progress");
            put(map, progress.report());
        } else if (event instanceof ControlEvent.Message message) {
            map.put("event", "message");
            map.put("level", message.level().name().toLowerCase(Locale.ROOT));
            map.put("text", message.text());
        } else if (event instanceof ControlEvent.Item item) {
            map.put("event", "item");
            map.put("row", item.row());
        } else if (event instanceof ControlEvent.Result result) {
            map.put("event", "result");
            map.put("exit", (long) result.exit());
            if (!result.error().isEmpty()) {
                map.put("error", result.error());
            }
            map.put("data", result.data());
        }
        return map;
    }

    private static void put(Map<String, Object> map, ProgressReport report) {
        map.put("phase", report.phase());
        map.put("files_done", report.filesDone());
        map.put("files_total", report.filesTotal());
        map.put("bytes_done", report.bytesDone());
        map.put("bytes_total", report.bytesTotal());
        map.put("bytes_per_second", report.bytesPerSecond());
        map.put("elapsed_ms", report.elapsedMillis());
    }

    /**
     * The event an object stands for.
     *
     * @throws ProtocolException when it is none we know
     */
    static ControlEvent fromMap(Map<String, Object> map) throws ProtocolException {
        Fields fields = new Fields(map);
        return switch (fields.text("event")) {
            case "accepted" -> new ControlEvent.Accepted(fields.number("job"));
            case "progress" -> new ControlEvent.Progress(report(fields));
            case "message" -> new ControlEvent.Message(fields.level("level"), fields.text("text"));
            case "item" -> new ControlEvent.Item(fields.object("row"));
            case "result" ->
                new ControlEvent.Result((int) fields.number("exit"), fields.textOr("error", ""), fields.object("data"));
            default ->
                throw new ProtocolException("cannot read the daemon's answer: an unknown event; are cofre and"
                        + " the daemon of one version?");
        };
    }

    private static ProgressReport report(Fields fields) throws ProtocolException {
        return new ProgressReport(
                fields.text("phase"),
                fields.number("files_done"),
                fields.number("files_total"),
                fields.number("bytes_done"),
                fields.number("bytes_total"),
                fields.number("bytes_per_second"),
                fields.number("elapsed_ms"));
    }

    /** Typed access to an object that came in. */
    private record Fields(Map<String, Object> map) {
        String text(String name) throws ProtocolException {
            if (map.get(name) instanceof String text) {
                return text;
            }
            throw missing(name);
        }

        String textOr(String name, String fallback) throws ProtocolException {
            return map.containsKey(name) ? text(name) : fallback;
        }

        long number(String name) throws ProtocolException {
            if (map.get(name) instanceof Long number) {
                return number;
            }
            throw missing(name);
        }

        Level level(String name) throws ProtocolException {
            try {
                return Level.valueOf(text(name).toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw missing(name);
            }
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> object(String name) throws ProtocolException {
            if (map.get(name) instanceof Map<?, ?> object) {
                return (Map<String, Object>) object;
            }
            throw missing(name);
        }

        private static ProtocolException missing(String name) {
            return new ProtocolException("cannot read the daemon's answer: no usable field " + name);
        }
    }
}
