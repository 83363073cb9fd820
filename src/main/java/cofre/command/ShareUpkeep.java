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
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows every run and every start: of own ZFS snapshots only the newest stay, only the last restore points' are
 * held, and the farm shows those there are. Doing it again changes nothing. One thread at a time per dataset.
 */
public final class ShareUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(ShareUpkeep.class);

    private final Supplier<CofreConfig> config;
    private final Sources sources;
    private final HeldViews held;
    private final VersionService versions;

    /** Upkeep of shares of these sources. */
    public ShareUpkeep(Supplier<CofreConfig> config, Sources sources, HeldViews held, VersionService versions) {
        this.config = config;
        this.sources = sources;
        this.held = held;
        this.versions = versions;
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
        keepLocal(share, request);
    }

    private void keepLocal(ShareSettings share, SnapshotSource.Request request)
            throws SourceException, PreviousException {
        if (!Sources.isZfs(share)) {
            return;
        }
        ZfsSource.Tidied tidied = sources.zfs().tidy(request, localPoints(share));
        if (!tidied.destroyed().isEmpty()) {
            LOG.info(
                    "event=snapshots_thinned share={} destroyed={}",
                    share.name(),
                    tidied.destroyed().size());
        }
        showPrevious(share, tidied.visible());
    }

    /** Shares of one dataset share its snapshots: the one that wants most decides. */
    private int localPoints(ShareSettings share) {
        String dataset = ((ShareSource.Dataset) share.source()).dataset();
        return config.get().shares().values().stream()
                .filter(other -> other.source() instanceof ShareSource.Dataset source
                        && source.dataset().equals(dataset))
                .mapToInt(ShareSettings::localPoints)
                .reduce(share.localPoints(), Math::max);
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
        keepLocal(share, request);
    }

    private void showPrevious(ShareSettings share, List<VisibleView> visible) throws PreviousException {
        if (share.previousVersions().enabled()) {
            versions.local(
                    share.name(),
                    visible.stream()
                            .map(view -> new PreviousVersion(view.time(), view.directory()))
                            .toList());
        }
    }
}
