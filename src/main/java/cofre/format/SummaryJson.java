package cofre.format;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The figures in a snapshot record. */
final class SummaryJson {
    static final ZonedDateTime NO_TIME = NodeReader.NO_TIME.atZone(ZoneOffset.UTC);

    /** The counts, in the order of the file and of {@link Snapshot.Summary}. */
    private static final List<String> COUNTS = List.of(
            "files_new",
            "files_changed",
            "files_unmodified",
            "dirs_new",
            "dirs_changed",
            "dirs_unmodified",
            "data_blobs",
            "tree_blobs",
            "data_added",
            "data_added_packed",
            "total_files_processed",
            "total_bytes_processed");

    private SummaryJson() {}

    static void write(Snapshot.Summary summary, JsonBytes out) {
        out.raw(",\"summary\":{\"backup_start\":");
        Rfc3339.write(summary.backupStart(), out);
        out.raw(",\"backup_end\":");
        Rfc3339.write(summary.backupEnd(), out);
        long[] counts = counts(summary);
        for (int i = 0; i < counts.length; i++) {
            out.raw(",\"").raw(COUNTS.get(i)).raw("\":").unsigned(counts[i]);
        }
        out.raw('}');
    }

    private static long[] counts(Snapshot.Summary s) {
        return new long[] {
            s.filesNew(),
            s.filesChanged(),
            s.filesUnmodified(),
            s.dirsNew(),
            s.dirsChanged(),
            s.dirsUnmodified(),
            s.dataBlobs(),
            s.treeBlobs(),
            s.dataAdded(),
            s.dataAddedPacked(),
            s.totalFilesProcessed(),
            s.totalBytesProcessed()
        };
    }

    static Snapshot.Summary read(JsonInput in) throws FormatException {
        in.object();
        ZonedDateTime start = NO_TIME;
        ZonedDateTime end = NO_TIME;
        long[] c = new long[COUNTS.size()];
        Set<String> seen = new HashSet<>();
        while (in.nextField(seen)) {
            int count = COUNTS.indexOf(in.field());
            if (in.isNull()) {
                in.skip();
            } else if (count >= 0) {
                c[count] = in.unsigned(Long.MAX_VALUE);
            } else if (in.field().equals("backup_start")) {
                start = in.zoned();
            } else if (in.field().equals("backup_end")) {
                end = in.zoned();
            } else {
                in.skip();
            }
        }
        return new Snapshot.Summary(
                start, end, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11]);
    }
}
