package cofre.format;

import java.util.List;
import java.util.Optional;

/** Snapshot records to JSON and back. */
public final class SnapshotCodec {
    /** Largest snapshot record read, as plain JSON: many thousand paths and excludes. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    private SnapshotCodec() {}

    /** The record as restic writes it: its times with their own offsets, no line feed at the end. */
    public static byte[] encode(Snapshot snapshot) {
        JsonBytes out = new JsonBytes(1024);
        out.raw("{\"time\":");
        Rfc3339.write(snapshot.time(), out);
        id(",\"parent\":", snapshot.parent(), out);
        out.raw(",\"tree\":").id(snapshot.tree().hash());
        out.raw(",\"paths\":");
        strings(snapshot.paths(), out);
        text(",\"hostname\":", snapshot.hostname(), out);
        text(",\"username\":", snapshot.username(), out);
        number(",\"uid\":", snapshot.uid(), out);
        number(",\"gid\":", snapshot.gid(), out);
        list(",\"excludes\":", snapshot.excludes(), out);
        list(",\"tags\":", snapshot.tags(), out);
        id(",\"original\":", snapshot.original(), out);
        text(",\"program_version\":", snapshot.programVersion(), out);
        if (snapshot.summary().isPresent()) {
            SummaryJson.write(snapshot.summary().get(), out);
        }
        return out.raw('}').toByteArray();
    }

    /**
     * The record in these bytes. Figures of the summary that are not there count as 0, its times as the year 1.
     *
     * @throws FormatException also when it has no time or no tree: then it is something else
     */
    public static Snapshot decode(byte[] json) throws FormatException {
        return new SnapshotReader(new JsonInput("snapshot", json, 0, json.length, MAX_BYTES)).read();
    }

    private static void id(String label, Optional<SnapshotId> id, JsonBytes out) {
        if (id.isPresent()) {
            out.raw(label).id(id.get().hash());
        }
    }

    private static void text(String label, String text, JsonBytes out) {
        if (!text.isEmpty()) {
            out.raw(label).string(text);
        }
    }

    private static void number(String label, long value, JsonBytes out) {
        if (value != 0) {
            out.raw(label).unsigned(value);
        }
    }

    private static void list(String label, List<String> list, JsonBytes out) {
        if (!list.isEmpty()) {
            strings(list, out.raw(label));
        }
    }

    private static void strings(List<String> list, JsonBytes out) {
        String before = "";
        out.raw('[');
        for (String text : list) {
            out.raw(before).string(text);
            before = ",";
        }
        out.raw(']');
    }
}
