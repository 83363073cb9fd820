package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.Exit;
import cofre.daemon.JobOutcome;
import cofre.repository.PruneFigures;
import cofre.repository.PruneOutlook;
import cofre.repository.PruneReport;
import cofre.repository.PruneWait;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told of a prune. */
final class PruneAnswers {
    private PruneAnswers() {}

    /** Of one that was only looked into. */
    static JobOutcome of(RepositorySettings settings, PruneOutlook outlook) {
        PruneFigures figures = outlook.figures();
        Map<String, Object> data = figures(settings, true, figures);
        data.put("copied_packs", figures.copiedPacks());
        data.put("copied_bytes", figures.copiedBytes());
        data.put("dropped_packs", figures.droppedPacks());
        data.put("dropped_bytes", figures.droppedBytes());
        wait(data, "dropped", outlook.later());
        data.put("deleted_packs", outlook.deletedPacks());
        data.put("deleted_bytes", outlook.deletedBytes());
        data.put("waiting_packs", outlook.waiting().packs());
        data.put("waiting_bytes", outlook.waiting().bytes());
        wait(data, "waiting", outlook.waiting());
        data.put("refused", figures.refused());
        data.put("obstacles", figures.obstacles());
        boolean isGood = figures.refused().isEmpty() && figures.obstacles().isEmpty();
        return new JobOutcome(isGood ? Exit.OK : Exit.FAILED, data);
    }

    /** Of one that was done, all of it or not. */
    static JobOutcome of(RepositorySettings settings, PruneReport report, StoppablePrune.Why stopped) {
        Map<String, Object> data = figures(settings, false, report.figures());
        data.put("copied_blobs", report.copiedBlobs());
        data.put("copied_bytes", report.copiedBytes());
        data.put("dropped_packs", report.droppedPacks());
        data.put("dropped_bytes", report.droppedBytes());
        data.put("deleted_packs", report.deletedPacks());
        data.put("deleted_bytes", report.deletedBytes());
        data.put("waiting_packs", report.waiting().packs());
        data.put("waiting_bytes", report.waiting().bytes());
        wait(data, "waiting", report.waiting());
        data.put("refused", report.refused());
        data.put("obstacles", List.of());
        data.put("unfinished", report.unfinished());
        return new JobOutcome(exit(report, stopped), data);
    }

    private static Map<String, Object> figures(RepositorySettings settings, boolean dryRun, PruneFigures figures) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("repository", settings.name());
        data.put("dry_run", dryRun);
        data.put("packs", figures.packs());
        data.put("used_bytes", figures.usedBytes());
        data.put("unused_bytes", figures.unusedBytes());
        data.put("left_bytes", figures.leftBytes());
        data.put("kept_packs", figures.keptPacks());
        data.put("kept_bytes", figures.keptBytes());
        return data;
    }

    private static void wait(Map<String, Object> data, String what, PruneWait wait) {
        data.put(what + "_until", wait.until().map(Instant::toString).orElse(""));
        data.put(what + "_prunes", wait.prunes());
    }

    private static int exit(PruneReport report, StoppablePrune.Why stopped) {
        if (!report.refused().isEmpty()) {
            return Exit.FAILED;
        } else if (report.unfinished().isEmpty()) {
            return Exit.OK;
        }
        return switch (stopped) {
            case CANCELLED -> Exit.INTERRUPTED;
            case TIME_OVER -> Exit.OK;
            case NOT -> Exit.LOCKED;
        };
    }
}
