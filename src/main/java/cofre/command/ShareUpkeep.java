package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.ShareSettings;
import cofre.config.ShareSource;
import cofre.previous.PreviousException;
import cofre.previous.PreviousVersion;
import cofre.source.SnapshotSource;
import cofre.source.SourceException;
import cofre.source.SourceId;
import cofre.versions.VersionService;
import cofre.zfs.VisibleView;
import cofre.zfs.ZfsSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows every run, every snapshot and every start: of own ZFS snapshots those stay that the shares of a dataset want,
 * only the last restore points' are held, and the farm shows those there are. Doing it again changes nothing. Thread-safe.
 */
public final class ShareUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(ShareUpkeep.class);

    /**
     * The own ZFS snapshots of a share, as they were seen last.
     *
     * @param count how many
     * @param newest the time of the newest
     */
    record Local(int count, Instant newest) {}

    private final Supplier<CofreConfig> config;
    private final Sources sources;
    private final HeldViews held;
    private final VersionService versions;
    private final Clock clock;
    private final ZoneId zone;
    private final Map<String, Object> datasets = new ConcurrentHashMap<>(); // what is locked while one is looked after
    private final Map<String, Local> seen = new ConcurrentHashMap<>();

    /**
     * Upkeep of shares of these sources.
     *
     * @param clock wall time
     * @param zone of the clock people read
     */
    public ShareUpkeep(
            Supplier<CofreConfig> config,
            Sources sources,
            HeldViews held,
            VersionService versions,
            Clock clock,
            ZoneId zone) {
        this.config = config;
        this.sources = sources;
        this.held = held;
        this.versions = versions;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * After a run, good or bad: thins the dataset's own snapshots, then shows those that are left, and what the run added
     * to the repository.
     *
     * @throws SourceException when ZFS does not answer; nothing is lost by that
     */
    void afterRun(ShareSettings share, SnapshotSource.Request request) throws SourceException, PreviousException {
        if (share.previousVersions().showsRepository()) {
            versions.changed(share.repository());
        }
        if (Sources.isZfs(share)) {
            keepLocal(share, request);
        }
    }

    /** After a snapshot that stays here: the same for all shares of its dataset, as it shows all of them. */
    void afterSnapshot(ShareSettings share) throws SourceException, PreviousException {
        keepLocal(share, sources.request(share));
    }

    /** Points of a repository were removed or put back. */
    void pointsChanged(String repository) {
        versions.changed(repository);
    }

    /** What was seen last of a share's own snapshots; empty for none, and before anybody looked. */
    Optional<Local> local(String share) {
        return Optional.ofNullable(seen.get(share));
    }

    private void keepLocal(ShareSettings share, SnapshotSource.Request request)
            throws SourceException, PreviousException {
        List<ShareSettings> siblings = siblings(share);
        synchronized (datasets.computeIfAbsent(dataset(share), name -> new Object())) {
            thinAndShow(share, request, siblings);
            for (ShareSettings sibling : siblings) {
                if (!sibling.name().equals(share.name())) {
                    try {
                        thinAndShow(sibling, sources.request(sibling), siblings);
                    } catch (SourceException | PreviousException e) {
                        LOG.warn("event=upkeep_failed share={} cause=\"{}\"", sibling.name(), e.getMessage());
                    }
                }
            }
        }
    }

    private void thinAndShow(ShareSettings share, SnapshotSource.Request request, List<ShareSettings> siblings)
            throws SourceException, PreviousException {
        LocalThinning thinning =
                new LocalThinning(siblings.stream().map(ShareSettings::local).toList(), clock.instant(), zone);
        ZfsSource.Tidied tidied = sources.zfs().tidy(request, thinning);
        if (!tidied.destroyed().isEmpty()) {
            LOG.info(
                    "event=snapshots_thinned share={} destroyed={}",
                    share.name(),
                    tidied.destroyed().size());
        }
        for (String refusal : thinning.refusals()) {
            LOG.error("event=snapshots_not_thinned share={} cause=\"{}\"", share.name(), refusal);
        }
        showPrevious(share, tidied.visible());
    }

    /** All shares of the dataset: what one wants, none may lose. */
    private List<ShareSettings> siblings(ShareSettings share) {
        List<ShareSettings> siblings = config.get().shares().values().stream()
                .filter(other -> Sources.isZfs(other) && dataset(other).equals(dataset(share)))
                .toList();
        return siblings.isEmpty() ? List.of(share) : siblings; // it may have left the configuration meanwhile
    }

    private static String dataset(ShareSettings share) {
        return ((ShareSource.Dataset) share.source()).dataset();
    }

    /** At start, when nothing runs yet: what a killed daemon left behind is let go of, then as after a run. */
    public void atStart(ShareSettings share) throws SourceException, PreviousException {
        if (!Sources.isZfs(share)) {
            return;
        }
        SnapshotSource.Request request = sources.request(share);
        SourceId id = sources.zfs().identify(request);
        Set<String> gone = sources.snapshots().holdOnly(id, held.of(id));
        if (!gone.isEmpty()) {
            LOG.warn("event=base_gone share={} dataset={} snapshot_guids={}", share.name(), id.name(), gone);
        }
        thinAndShow(share, request, siblings(share));
    }

    private void showPrevious(ShareSettings share, List<VisibleView> visible) throws PreviousException {
        if (visible.isEmpty()) {
            seen.remove(share.name());
        } else {
            seen.put(
                    share.name(),
                    new Local(visible.size(), visible.get(visible.size() - 1).time()));
        }
        if (share.previousVersions().enabled()) {
            versions.local(
                    share.name(),
                    visible.stream()
                            .map(view -> new PreviousVersion(view.time(), view.directory()))
                            .toList());
        }
    }
}
