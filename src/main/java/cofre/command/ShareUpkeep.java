package cofre.command;

import cofre.config.PreviousVersions;
import cofre.config.ShareSettings;
import cofre.posix.Posix;
import cofre.previous.Farm;
import cofre.previous.PreviousException;
import cofre.previous.PreviousVersion;
import cofre.source.SnapshotSource;
import cofre.source.SourceException;
import cofre.source.SourceId;
import cofre.state.ShareMemory;
import cofre.zfs.OwnSnapshots;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows every run and every start: of own ZFS snapshots only the newest stay, only the last restore point's is
 * held, and the farm shows those there are. Doing it again changes nothing. One thread at a time per share.
 */
public final class ShareUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(ShareUpkeep.class);

    private final Sources sources;
    private final Memories memories;
    private final Posix posix;

    /** Upkeep of shares of these sources. */
    public ShareUpkeep(Sources sources, Memories memories, Posix posix) {
        this.sources = sources;
        this.memories = memories;
        this.posix = posix;
    }

    /**
     * After a run, good or bad: thins the share's own snapshots, then shows those that are left.
     *
     * @throws SourceException when ZFS does not answer; nothing is lost by that
     */
    public void afterRun(ShareSettings share) throws SourceException, PreviousException {
        if (!Sources.isZfs(share)) {
            return;
        }
        SnapshotSource.Request request = sources.request(share);
        SourceId id = sources.zfs().identify(request);
        OwnSnapshots.Thinned thinned = sources.snapshots().thin(id, share.localPoints());
        if (!thinned.destroyed().isEmpty()) {
            LOG.info(
                    "event=snapshots_thinned share={} destroyed={}",
                    share.name(),
                    thinned.destroyed().size());
        }
        showPrevious(share, request);
    }

    /** At start: what a killed daemon left behind is let go of, then as after a run. */
    public void atStart(ShareSettings share) throws SourceException, PreviousException {
        if (!Sources.isZfs(share)) {
            return;
        }
        SourceId id = sources.zfs().identify(sources.request(share));
        Optional<ShareMemory.LastPoint> last = memories.last(share.name());
        if (last.isPresent() && last.get().source().equals(id.identity())) {
            try {
                sources.snapshots().holdOnly(id, last.get().viewId());
            } catch (SourceException.SnapshotGone e) {
                LOG.warn("event=base_gone share={} cause=\"{}\"", share.name(), e.getMessage());
            }
        }
        afterRun(share);
    }

    private void showPrevious(ShareSettings share, SnapshotSource.Request request)
            throws SourceException, PreviousException {
        PreviousVersions settings = share.previousVersions();
        if (!settings.enabled()) {
            return;
        }
        List<PreviousVersion> versions = sources.zfs().visible(request).stream()
                .map(view -> new PreviousVersion(view.time(), view.directory()))
                .toList();
        farm(settings).update(versions);
    }

    /** The share's farm. */
    Farm farm(PreviousVersions settings) throws PreviousException {
        OptionalLong group = OptionalLong.empty();
        if (settings.farmGroup().isPresent()) {
            group = posix.accounts().groupId(settings.farmGroup().get());
            if (group.isEmpty()) {
                throw new PreviousException(
                        "cannot show previous versions in " + settings.farmDir() + ": no group "
                                + settings.farmGroup().get()
                                + " on this host vs one; nothing was changed; make the group or change farm_group",
                        null);
            }
        }
        return new Farm(posix, settings.farmDir(), group, settings.farmMax());
    }
}
