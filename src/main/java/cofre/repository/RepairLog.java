package cofre.repository;

import cofre.format.SnapshotId;
import cofre.progress.Level;
import cofre.progress.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what a repair does, and tells it as it happens. For one thread. */
final class RepairLog {
    private static final int KEPT = 10_000;

    private final Progress progress;
    private final List<RepairReport.Step> steps = new ArrayList<>();
    private final Map<SnapshotId, SnapshotId> added = new LinkedHashMap<>();
    private final List<SnapshotId> removed = new ArrayList<>();
    private int changes;
    private long lost;

    RepairLog(Progress progress) {
        this.progress = progress;
    }

    void step(String object, String text) {
        if (steps.size() < KEPT) {
            steps.add(new RepairReport.Step(object, text));
        }
        progress.message(Level.INFO, object + ": " + text);
    }

    void changed(String object, String text) {
        changes++;
        step(object, text);
    }

    void lost(String object, String text) {
        lost++;
        if (steps.size() < KEPT) {
            steps.add(new RepairReport.Step(object, text));
        }
        progress.message(Level.WARNING, object + ": " + text);
    }

    void added(SnapshotId fresh, SnapshotId standsFor) {
        added.put(fresh, standsFor);
    }

    void removed(SnapshotId id) {
        removed.add(id);
    }

    RepairReport report() {
        return new RepairReport(steps, changes, lost, added, removed);
    }
}
