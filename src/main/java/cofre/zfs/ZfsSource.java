package cofre.zfs;

import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.source.SourceException;
import cofre.source.SourceId;
import cofre.source.SourceId.Kind;
import cofre.source.TreeOpener;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Freezes datasets by ZFS snapshots. All datasets of one pool are frozen in one transaction; those of another pool in
 * another one, right after. A {@link Request}'s source is a dataset's name, or its guid in decimal: with the guid a
 * renamed dataset is found under its new name.
 */
public final class ZfsSource implements SnapshotSource {
    private final Datasets datasets;
    private final OwnSnapshots own;
    private final Freezing freezing;
    private final ViewOpening opening;
    private final Bookmarks bookmarks;
    private final NeededViews needed;
    private final DatasetTurns turns = new DatasetTurns();

    /** Works through {@code runner}, with one share per dataset, and says nothing of bookmarks it cannot make. */
    public ZfsSource(ZfsRunner runner, TreeOpener opener, Clock clock, Pause pause, Duration deadline) {
        this(runner, opener, clock, pause, deadline, NeededViews.NONE, e -> {});
    }

    /**
     * Works through {@code runner}.
     *
     * @param opener opens the snapshot's directory and tells what is mounted there
     * @param clock names the snapshots
     * @param pause waits between attempts to open a snapshot that is not mounted yet
     * @param deadline for one call of zfs(8)
     * @param needed what other shares of a dataset need: their holds outlive the runs of this one
     * @param noBookmark told, once for each dataset, why its last view could not be bookmarked. That is no error: only if the
     *     view is destroyed by somebody will the next run take longer
     */
    public ZfsSource(
            ZfsRunner runner,
            TreeOpener opener,
            Clock clock,
            Pause pause,
            Duration deadline,
            NeededViews needed,
            Consumer<SourceException> noBookmark) {
        Zfs zfs = new Zfs(runner, deadline);
        this.datasets = new Datasets(zfs);
        this.own = new OwnSnapshots(zfs);
        this.freezing = new Freezing(zfs, clock);
        this.opening = new ViewOpening(own, opener, pause);
        this.bookmarks = new Bookmarks(zfs, datasets, noBookmark);
        this.needed = needed;
    }

    @Override
    public SourceId identify(Request request) throws SourceException {
        return id(spot(request).dataset());
    }

    @Override
    public List<Frozen> freeze(List<Request> requests, String runId) throws SourceException {
        List<ShareSpot> spots = spots(requests, runId);
        Map<String, OwnSnapshot> taken = new HashMap<>();
        List<Dataset> datasets = spots.stream().map(ShareSpot::dataset).toList();
        turns.during(guids(datasets), () -> freezing.freeze(datasets, runId))
                .forEach(snapshot -> taken.put(snapshot.dataset(), snapshot));
        List<Frozen> views = new ArrayList<>();
        for (ShareSpot spot : spots) {
            views.add(new ZfsFrozen(
                    id(spot.dataset()), spot, taken.get(spot.dataset().name()), opening));
        }
        return List.copyOf(views);
    }

    /**
     * Takes a snapshot of each dataset that is to stay here: of one pool in one transaction, with our marks and without a hold.
     * Nothing is ever counted from it, and {@link #tidy} may destroy it as soon as it is wanted no more.
     *
     * @return the snapshot of each request, in their order; shares of one dataset have one together
     */
    public List<OwnSnapshot> mark(List<Request> requests, String runId) throws SourceException {
        List<Dataset> datasets =
                spots(requests, runId).stream().map(ShareSpot::dataset).toList();
        Map<String, OwnSnapshot> taken = new HashMap<>();
        turns.during(guids(datasets), () -> freezing.mark(datasets, runId))
                .forEach(snapshot -> taken.put(snapshot.dataset(), snapshot));
        return datasets.stream().map(dataset -> taken.get(dataset.name())).toList();
    }

    private List<ShareSpot> spots(List<Request> requests, String runId) throws SourceException {
        if (!Marks.isRunId(runId)) {
            throw new IllegalArgumentException(
                    "cannot freeze for run \"" + runId + "\": vs 1 to 64 letters, digits and dashes");
        }
        List<ShareSpot> spots = new ArrayList<>();
        for (Request request : requests) {
            spots.add(spot(request));
        }
        return spots;
    }

    private static List<String> guids(List<Dataset> datasets) {
        return datasets.stream().map(Dataset::guid).toList();
    }

    @Override
    public void settle(Frozen committed) throws SourceException {
        Set<String> alsoNeeded = needed.of(committed.source());
        List<OwnSnapshot> all = own.holdOnly(committed.source(), committed.viewId(), alsoNeeded);
        bookmarks.settle(committed.source(), all, committed.viewId(), alsoNeeded);
    }

    /**
     * Removes our bookmarks of earlier views whose snapshots may be gone. {@link #settle} does it by itself for those whose
     * snapshots are still there.
     *
     * @param viewIds guids of snapshots that were ours; those that are needed are passed over
     */
    public void forget(SourceId source, Set<String> viewIds) throws SourceException {
        Set<String> unneeded = new HashSet<>(viewIds);
        unneeded.removeAll(needed.of(source));
        bookmarks.forget(source, unneeded);
    }

    @Override
    public void abandon(Frozen failed) throws SourceException {
        if (!needed.of(failed.source()).contains(failed.viewId())) {
            own.release(failed.source(), failed.viewId());
        }
    }

    /**
     * What thinning did, and what is left to see.
     *
     * @param destroyed those that are gone now
     * @param visible where the other own snapshots of the share's dataset show the share, oldest first. One that was taken
     *     before the share's directory was made shows nothing there
     */
    public record Tidied(List<OwnSnapshot> destroyed, List<VisibleView> visible) {}

    /** Destroys the surplus own snapshots of the share's dataset but for those that are held, and tells what is left. */
    public Tidied tidy(Request request, Surplus surplus) throws SourceException {
        ShareSpot spot = spot(request);
        SourceId source = id(spot.dataset());
        return turns.during(List.of(source.identity()), () -> {
            List<OwnSnapshot> all = own.withoutHolds(source);
            OwnSnapshots.Thinned thinned = own.thin(all, surplus.of(all, needed.of(source)));
            List<OwnSnapshot> left = new ArrayList<>(all);
            left.removeAll(thinned.gone());
            return new Tidied(thinned.destroyed(), visible(spot, left));
        });
    }

    private static List<VisibleView> visible(ShareSpot spot, List<OwnSnapshot> snapshots) {
        List<VisibleView> views = new ArrayList<>();
        for (OwnSnapshot snapshot : snapshots) {
            views.add(new VisibleView(
                    snapshot.guid(), snapshot.time(), spot.viewOf(snapshot).resolve(spot.below())));
        }
        return List.copyOf(views);
    }

    private ShareSpot spot(Request request) throws SourceException {
        return ShareSpot.of(request, datasets.withChildren(request.source()));
    }

    private static SourceId id(Dataset dataset) {
        return new SourceId(Kind.ZFS, dataset.guid(), dataset.name());
    }
}
