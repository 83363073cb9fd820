package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.ShareSettings;
import cofre.source.Frozen;
import cofre.source.SourceId;
import cofre.state.ShareMemory;
import cofre.zfs.NeededViews;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which ZFS snapshots must stay held: of every share of the configuration the one its last restore point shows, and those
 * frozen for shares that still wait for their turn. Several shares may be directories of one dataset, and ZFS knows one
 * hold of ours per snapshot: a run of one share must not let go of what another one needs. Thread-safe.
 */
public final class HeldViews implements NeededViews {
    private final Supplier<CofreConfig> config;
    private final Memories memories;
    private final List<Frozen> waiting = new ArrayList<>(); // guarded by this; the same snapshot once for each share

    /** With the shares there are at the moment, and what is remembered of them. */
    public HeldViews(Supplier<CofreConfig> config, Memories memories) {
        this.config = config;
        this.memories = memories;
    }

    @Override
    public Set<String> of(SourceId source) {
        Set<String> needed = new HashSet<>();
        for (ShareSettings share : config.get().shares().values()) {
            Optional<ShareMemory.LastPoint> last = memories.last(share.name());
            last.filter(point -> point.source().equals(source.identity()))
                    .filter(point -> !point.viewId().isEmpty())
                    .ifPresent(point -> needed.add(point.viewId()));
        }
        synchronized (this) {
            waiting.stream().filter(view -> view.source().isSameAs(source)).forEach(view -> needed.add(view.viewId()));
        }
        return needed;
    }

    /** These were frozen, each for one share, and wait for their turn. */
    synchronized void await(Collection<Frozen> views) {
        waiting.addAll(views);
    }

    /** It is this one's turn, or there will be none: from now on whoever works with it decides what becomes of it. */
    synchronized void turnOf(Frozen view) {
        waiting.removeIf(each -> each == view);
    }
}
