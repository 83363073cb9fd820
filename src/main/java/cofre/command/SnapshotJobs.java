package cofre.command;

import cofre.config.ShareSettings;
import cofre.config.ShareSource;
import cofre.control.Exit;
import cofre.daemon.JobOutcome;
import cofre.daemon.JobSpec;
import cofre.daemon.Jobs;
import cofre.previous.PreviousException;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.source.SnapshotSource;
import cofre.source.SourceException;
import cofre.zfs.OwnSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ZFS snapshots of several shares that stay here, as one job, whoever asks for them. It waits for no backup, however long
 * that takes: only for another job of its kind. Thread-safe.
 */
final class SnapshotJobs {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotJobs.class);

    private final Sources sources;
    private final ShareUpkeep upkeep;
    private final Supplier<String> runIds;
    private final Jobs jobs;

    /** With what is needed out of all that commands work with. */
    SnapshotJobs(Commands.Parts parts) {
        this.sources = parts.sources();
        this.upkeep = parts.upkeep();
        this.runIds = parts.runIds();
        this.jobs = parts.jobs();
    }

    /** Queues it; gives the job's number. */
    long submit(List<ShareSettings> shares) {
        Set<String> keys = new LinkedHashSet<>();
        shares.forEach(share -> keys.add("snapshots:" + ((ShareSource.Dataset) share.source()).dataset()));
        String title = String.join(" ", shares.stream().map(ShareSettings::name).toList());
        return jobs.submit(
                JobSpec.light("snapshot", title, keys), progress -> new OneRun(progress, shares.size()).run(shares));
    }

    /** For one thread. */
    private final class OneRun {
        private final Progress progress;
        private final int shares;
        private final String runId = "local-" + runIds.get();
        private final List<Map<String, Object>> rows = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();

        OneRun(Progress progress, int shares) {
            this.progress = progress;
            this.shares = shares;
        }

        JobOutcome run(List<ShareSettings> wanted) throws InterruptedException {
            progress.phase("taking snapshots");
            Map<ShareSettings, SnapshotSource.Request> requests = new LinkedHashMap<>();
            for (ShareSettings share : wanted) {
                try {
                    requests.put(share, sources.request(share));
                } catch (SourceException e) {
                    failed(share, e);
                }
            }
            mark(requests);
            progress.phase("thinning");
            for (ShareSettings share : requests.keySet()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("cancelled");
                }
                keepUp(share);
            }
            Map<String, Object> data = new LinkedHashMap<>();
            data.put(JobOutcome.ITEMS, List.copyOf(rows));
            if (!failures.isEmpty()) {
                data.put(
                        JobOutcome.FAILURE,
                        shares == 1
                                ? failures.get(0)
                                : "no snapshot of " + failures.size() + " of " + shares + " shares; the first: "
                                        + failures.get(0));
            }
            return new JobOutcome(failures.isEmpty() ? Exit.OK : Exit.FAILED, data);
        }

        private void mark(Map<ShareSettings, SnapshotSource.Request> requests) {
            try {
                List<OwnSnapshot> taken = sources.zfs().mark(List.copyOf(requests.values()), runId);
                int next = 0;
                for (ShareSettings share : requests.keySet()) {
                    row(share, taken.get(next++));
                }
            } catch (SourceException e) {
                // Nothing was taken. One that cannot be must not stop the others; which one it was is told by itself.
                requests.forEach(this::markAlone);
            }
        }

        private void markAlone(ShareSettings share, SnapshotSource.Request request) {
            try {
                row(share, sources.zfs().mark(List.of(request), runId).get(0));
            } catch (SourceException e) {
                failed(share, e);
            }
        }

        private void row(ShareSettings share, OwnSnapshot snapshot) {
            LOG.info("event=snapshot_taken share={} snapshot={}", share.name(), snapshot.label());
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("share", share.name());
            row.put("snapshot", snapshot.label());
            row.put("time", snapshot.time().toString());
            rows.add(row);
        }

        private void failed(ShareSettings share, SourceException e) {
            LOG.error("event=snapshot_failed share={} cause=\"{}\"", share.name(), e.getMessage());
            failures.add("share " + share.name() + ": " + e.getMessage());
        }

        private void keepUp(ShareSettings share) {
            try {
                upkeep.afterSnapshot(share);
            } catch (SourceException | PreviousException e) {
                progress.message(Level.WARNING, "share " + share.name() + ": " + e.getMessage());
            }
        }
    }
}
