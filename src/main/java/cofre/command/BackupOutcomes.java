package cofre.command;

import cofre.backup.BackupReport;
import cofre.control.Exit;
import cofre.daemon.JobOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of each share of a run, and what that makes of the whole. For one thread. */
final class BackupOutcomes {
    private final int shares;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private int exit = Exit.OK;
    private int failures;
    private String firstFailure = "";

    /** @param shares how many there are */
    BackupOutcomes(int shares) {
        this.shares = shares;
    }

    /** A restore point was made, perhaps without files that could not be read. */
    void made(BackupReport report) {
        rows.add(row(report));
        if (!report.isComplete() && exit == Exit.OK) {
            exit = Exit.INCOMPLETE;
        }
    }

    /** No restore point of a share was made. The first such status is that of the whole. */
    void failed(int status, String sentence) {
        exit = failures == 0 ? status : exit;
        firstFailure = failures == 0 ? sentence : firstFailure;
        failures++;
    }

    /** The whole: a row for each restore point, and why there are not more. */
    JobOutcome whole() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(JobOutcome.ITEMS, List.copyOf(rows));
        if (failures > 0) {
            data.put(
                    JobOutcome.FAILURE,
                    shares == 1
                            ? firstFailure
                            : "no restore point of " + failures + " of " + shares + " shares; the first: "
                                    + firstFailure);
        }
        return new JobOutcome(exit, data);
    }

    private static Map<String, Object> row(BackupReport report) {
        var summary = report.summary();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("share", report.share());
        row.put("point", report.snapshot().toString());
        row.put("id", report.snapshot().hex());
        row.put("time", report.time().toString());
        row.put("source", report.label());
        row.put("consistent", report.consistent());
        row.put("parent", report.parent().map(Object::toString).orElse(""));
        row.put("files", summary.totalFilesProcessed());
        row.put("bytes", summary.totalBytesProcessed());
        row.put("files_new", summary.filesNew());
        row.put("files_changed", summary.filesChanged());
        row.put("files_unmodified", summary.filesUnmodified());
        row.put("read_bytes", report.bytesRead());
        row.put("added_bytes", summary.dataAdded());
        row.put("stored_bytes", summary.dataAddedPacked());
        row.put("method", report.detection().method().text());
        row.put("why", report.detection().why());
        row.put("looks", report.looks());
        row.put("dirs_visited", report.dirsVisited());
        row.put("missed", report.detection().missed());
        row.put("unreadable", report.unreadableCount());
        row.put(
                "seconds",
                Duration.between(summary.backupStart(), summary.backupEnd()).toSeconds());
        return row;
    }
}
