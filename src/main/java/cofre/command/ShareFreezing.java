package cofre.command;

import cofre.config.ShareSettings;
import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.source.SourceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Freezes shares for one run: datasets together where that can be, and else each for itself. */
final class ShareFreezing {
    /** Is told which share could not be frozen. */
    interface Failed {
        void tell(ShareSettings share, int exit, String why);
    }

    private final Sources sources;
    private final String runId;
    private final Failed failed;
    private final Map<ShareSettings, Frozen> views = new LinkedHashMap<>();
    private final Map<ShareSettings, SnapshotSource.Request> requests = new LinkedHashMap<>();

    ShareFreezing(Sources sources, String runId, Failed failed) {
        this.sources = sources;
        this.runId = runId;
        this.failed = failed;
    }

    /** The views of those that could be frozen, to be settled or abandoned by the caller. */
    Map<ShareSettings, Frozen> freeze(List<ShareSettings> shares) {
        Map<ShareSettings, SnapshotSource.Request> datasets = new LinkedHashMap<>();
        for (ShareSettings share : shares) {
            try {
                SnapshotSource.Request request = sources.request(share);
                requests.put(share, request);
                if (Sources.isZfs(share)) {
                    datasets.put(share, request);
                } else {
                    freezeAlone(share, request);
                }
            } catch (SourceException e) {
                failed.tell(share, Failures.exitOf(e), e.getMessage());
            }
        }
        freezeTogether(datasets);
        return views;
    }

    /** What was asked for of each that was tried. */
    Map<ShareSettings, SnapshotSource.Request> requests() {
        return requests;
    }

    private void freezeTogether(Map<ShareSettings, SnapshotSource.Request> datasets) {
        if (datasets.isEmpty()) {
            return;
        }
        try {
            List<Frozen> together = sources.zfs().freeze(List.copyOf(datasets.values()), runId);
            int next = 0;
            for (ShareSettings share : datasets.keySet()) {
                views.put(share, together.get(next++));
            }
        } catch (SourceException e) {
            // Nothing was frozen. One that cannot be must not stop the others; which one it was is told by itself.
            datasets.forEach(this::freezeAlone);
        }
    }

    private void freezeAlone(ShareSettings share, SnapshotSource.Request request) {
        try {
            views.put(share, sources.of(share).freeze(List.of(request), runId).get(0));
        } catch (SourceException e) {
            failed.tell(share, Failures.exitOf(e), e.getMessage());
        }
    }
}
