package cofre.command;

import cofre.config.RepositorySettings;
import cofre.config.ShareSettings;
import cofre.format.SnapshotId;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.RepositoryLock;
import cofre.repository.StoredSnapshot;
import cofre.retention.Decision;
import cofre.retention.Guard;
import cofre.retention.Reason;
import cofre.retention.Refusal;
import cofre.retention.RetentionPlan;
import cofre.retention.Series;
import cofre.storage.BackendException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the records of restore points that the policies of shares do not keep, from one repository; or only says which
 * these are. Nothing but records is touched: what only they needed is taken away by prune. Each record is there or gone at
 * any moment; the oldest go first. For one thread.
 */
final class ForgetRun {
    private static final Logger LOG = LoggerFactory.getLogger(ForgetRun.class);

    /**
     * Where forgotten points go.
     *
     * @param trash keeps them for a while
     * @param watch is told that they were not lost
     */
    record Bin(PointTrash trash, RepositoryWatch watch) {}

    private final RepositorySettings settings;
    private final Repository repository;
    private final Bin bin;
    private final Guard guard;
    private final Progress progress;
    private final Instant now;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private int kept;
    private int dropped;
    private int removed;

    ForgetRun(
            RepositorySettings settings, Repository repository, Bin bin, Guard guard, Progress progress, Instant now) {
        this.bin = bin;
        this.guard = guard;
        this.settings = settings;
        this.repository = repository;
        this.progress = progress;
        this.now = now;
    }

    /** Only says what would be done; takes no lock, and so can be asked at any time. */
    void plan(Map<ShareSettings, ForgetPlans.Owner> shares) throws BackendException {
        plans(shares);
    }

    /**
     * Does it, while nobody else works on the repository.
     *
     * @throws IOException when a record cannot be kept: then it was not removed
     */
    void remove(Map<ShareSettings, ForgetPlans.Owner> shares)
            throws BackendException, RepositoryException, IOException, InterruptedException {
        progress.phase("waiting for the lock");
        try (RepositoryLock lock = repository.lockExclusive()) {
            List<SnapshotId> removals = plans(shares);
            progress.phase("removing");
            progress.total(removals.size(), 0);
            List<SnapshotId> gone = new ArrayList<>();
            try {
                for (SnapshotId id : removals) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException("cancelled");
                    }
                    remove(id, lock, gone);
                }
            } finally {
                bin.watch().forgotten(settings, gone, progress);
            }
            bin.trash().removed(gone);
        }
    }

    /** The record is safe in the trash before it leaves the repository: whatever kills us, it is in one of the two. */
    private void remove(SnapshotId id, RepositoryLock lock, List<SnapshotId> gone)
            throws BackendException, RepositoryException, IOException {
        try {
            bin.trash().keep(id, repository.storedRecord(id), now);
        } catch (BackendException.NotFound e) {
            LOG.info("event=point_gone_already repository={} point={}", settings.name(), id.hex());
        } catch (RepositoryException.Damaged e) {
            progress.message(Level.WARNING, e.getMessage() + "; it was left where it is");
            return;
        }
        repository.forget(id, lock);
        gone.add(id);
        removed++;
        LOG.info("event=point_forgotten repository={} point={}", settings.name(), id.hex());
    }

    private List<SnapshotId> plans(Map<ShareSettings, ForgetPlans.Owner> shares) throws BackendException {
        progress.phase("reading records");
        List<StoredSnapshot> points = repository.snapshots(progress);
        List<SnapshotId> removals = new ArrayList<>();
        shares.forEach((share, owner) -> ForgetPlans.of(share, owner, guard, points, now)
                .forEach((series, plan) -> {
                    plan.decisions().forEach(decision -> row(share, series, decision));
                    for (Refusal refusal : plan.refusals()) {
                        refusals.add(series.text() + ": " + refusal.text() + advice(refusal));
                    }
                    removals.addAll(plan.removals());
                    count(plan);
                }));
        refusals.forEach(sentence -> progress.message(Level.ERROR, sentence));
        return removals;
    }

    private static String advice(Refusal refusal) {
        return refusal instanceof Refusal.RemovesAll ? "" : " (cofre forget --force)";
    }

    private void count(RetentionPlan<SnapshotId> plan) {
        kept += plan.decisions().size() - plan.removals().size();
        dropped += plan.removals().size();
    }

    private void row(ShareSettings share, Series series, Decision<SnapshotId> decision) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("share", share.name());
        row.put("repository", settings.name());
        row.put("series", series.text());
        row.put("point", decision.candidate().id().toString());
        row.put("id", decision.candidate().id().hex());
        row.put("time", decision.candidate().time().toInstant().toString());
        row.put("keep", decision.kept());
        row.put("reasons", decision.reasons().stream().map(Reason::text).toList());
        row.put("text", decision.text());
        rows.add(row);
    }

    /** What became of each point: newest first within its series. */
    List<Map<String, Object>> rows() {
        return rows;
    }

    /** Why points of a series were not removed: all would have gone. */
    List<String> refusals() {
        return refusals;
    }

    /** How many stay, be it because their series was refused. */
    int kept() {
        return kept;
    }

    /** How many are to be removed. */
    int dropped() {
        return dropped;
    }

    /** How many were removed. */
    int removed() {
        return removed;
    }
}
