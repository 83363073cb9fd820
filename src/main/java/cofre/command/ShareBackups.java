package cofre.command;

import cofre.backup.BackupReport;
import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.config.RepositorySettings;
import cofre.config.ShareSettings;
import cofre.control.Exit;
import cofre.daemon.JobOutcome;
import cofre.previous.PreviousException;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.source.SourceException;
import cofre.storage.BackendException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes restore points of several shares: all are frozen first, at one moment where ZFS can, then written one after the
 * other. A share that fails does not keep the others from being protected; what could not be done decides the status.
 */
public final class ShareBackups {
    /** Something that went wrong for one share alone. */
    private static final class Outcomes {
        private final List<Map<String, Object>> rows = new ArrayList<>();
        private int exit = Exit.OK;
        private String firstError = "";

        void failed(int status, String sentence) {
            exit = exit == Exit.OK || exit == Exit.INCOMPLETE ? status : exit;
            firstError = firstError.isEmpty() ? sentence : firstError;
        }

        void incomplete() {
            exit = exit == Exit.OK ? Exit.INCOMPLETE : exit;
        }
    }

    private final OpenRepositories repositories;
    private final Sources sources;
    private final Memories memories;
    private final ShareUpkeep upkeep;
    private final Function<Repository, BackupRun.Tools> tools;
    private final Supplier<String> runIds;

    /** Backups with what runs need for a repository, and a new run id each time. */
    public ShareBackups(
            OpenRepositories repositories,
            Sources sources,
            Memories memories,
            ShareUpkeep upkeep,
            Function<Repository, BackupRun.Tools> tools,
            Supplier<String> runIds) {
        this.repositories = repositories;
        this.sources = sources;
        this.memories = memories;
        this.upkeep = upkeep;
        this.tools = tools;
        this.runIds = runIds;
    }

    /**
     * Does it.
     *
     * @param shares each with the settings of its repository
     * @return a row for each restore point made, under {@code items}
     */
    JobOutcome run(Map<ShareSettings, RepositorySettings> shares, Progress progress) throws InterruptedException {
        Outcomes outcomes = new Outcomes();
        String runId = runIds.get();
        progress.phase("freezing");
        Map<ShareSettings, Frozen> views = freeze(List.copyOf(shares.keySet()), runId, outcomes, progress);
        try {
            for (ShareSettings share : List.copyOf(views.keySet())) {
                one(share, shares.get(share), views, runId, outcomes, progress);
            }
        } finally {
            views.forEach((share, view) -> abandon(share, view, progress));
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(JobOutcome.ITEMS, outcomes.rows);
        if (!outcomes.firstError.isEmpty()) {
            data.put("failure", outcomes.firstError);
        }
        return new JobOutcome(outcomes.exit, data);
    }

    /** Together if that can be; else one by one, so that one that cannot be frozen does not stop the others. */
    private Map<ShareSettings, Frozen> freeze(
            List<ShareSettings> shares, String runId, Outcomes outcomes, Progress progress) {
        Map<ShareSettings, Frozen> views = new LinkedHashMap<>();
        Map<ShareSettings, SnapshotSource.Request> zfs = new LinkedHashMap<>();
        for (ShareSettings share : shares) {
            try {
                SnapshotSource.Request request = sources.request(share);
                if (Sources.isZfs(share)) {
                    zfs.put(share, request);
                } else {
                    views.put(
                            share,
                            sources.of(share).freeze(List.of(request), runId).get(0));
                }
            } catch (SourceException e) {
                failed(share, e, outcomes, progress);
            }
        }
        try {
            List<Frozen> together = zfs.isEmpty() ? List.of() : sources.zfs().freeze(List.copyOf(zfs.values()), runId);
            int next = 0;
            for (ShareSettings share : zfs.keySet()) {
                views.put(share, together.get(next++));
            }
        } catch (SourceException e) {
            zfs.forEach((share, request) -> freezeAlone(share, request, runId, views, outcomes, progress));
        }
        return views;
    }

    private void freezeAlone(
            ShareSettings share,
            SnapshotSource.Request request,
            String runId,
            Map<ShareSettings, Frozen> views,
            Outcomes outcomes,
            Progress progress) {
        try {
            views.put(share, sources.zfs().freeze(List.of(request), runId).get(0));
        } catch (SourceException e) {
            failed(share, e, outcomes, progress);
        }
    }

    private void one(
            ShareSettings share,
            RepositorySettings settings,
            Map<ShareSettings, Frozen> views,
            String runId,
            Outcomes outcomes,
            Progress progress)
            throws InterruptedException {
        try {
            Frozen view = views.get(share);
            if (!view.isConsistent()) {
                progress.message(
                        Level.WARNING,
                        "share " + share.name()
                                + " is a plain directory: read while it may change, not one moment's view");
            }
            Repository repository = repositories.session(settings);
            BackupRun.Job job = new BackupRun.Job(
                    share.name(), sources.of(share), sources.request(share), ExcludeRules.of(share.exclude()), runId);
            views.remove(share); // from here on the run looks after it
            BackupReport report = new BackupRun(
                            tools.apply(repository),
                            repository,
                            memories.of(repository.config().id()),
                            progress)
                    .run(job, view);
            outcomes.rows.add(row(report));
            if (!report.isComplete()) {
                outcomes.incomplete();
            }
        } catch (SourceException | BackendException | RepositoryException | IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled");
            }
            failed(share, e, outcomes, progress);
        } finally {
            keepUp(share, progress);
        }
    }

    private void keepUp(ShareSettings share, Progress progress) {
        try {
            upkeep.afterRun(share);
        } catch (SourceException | PreviousException e) {
            progress.message(Level.WARNING, "share " + share.name() + ": " + e.getMessage());
        }
    }

    private static void failed(ShareSettings share, Exception e, Outcomes outcomes, Progress progress) {
        progress.message(Level.ERROR, "share " + share.name() + ": " + e.getMessage());
        outcomes.failed(Failures.exitOf(e), "share " + share.name() + ": " + e.getMessage());
    }

    private void abandon(ShareSettings share, Frozen view, Progress progress) {
        try (view) {
            sources.of(share).abandon(view);
        } catch (SourceException e) {
            progress.message(Level.WARNING, "share " + share.name() + ": " + e.getMessage());
        }
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
        row.put("files_changed", summary.filesNew() + summary.filesChanged());
        row.put("files_unmodified", summary.filesUnmodified());
        row.put("read_bytes", report.bytesRead());
        row.put("added_bytes", summary.dataAdded());
        row.put("stored_bytes", summary.dataAddedPacked());
        row.put("unreadable", report.unreadableCount());
        row.put(
                "seconds",
                Duration.between(summary.backupStart(), summary.backupEnd()).toSeconds());
        return row;
    }
}
