package cofre.zfs;

import cofre.source.SourceException;
import cofre.source.SourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The snapshots this program took: lists, holds, releases and thins them, and never touches any other. A dataset is named
 * by its {@link SourceId}: the guid decides, so a renamed dataset is found under its new name. Thread-safe, but two
 * threads should not thin the same dataset.
 */
public final class OwnSnapshots {
    private final Datasets datasets;
    private final SnapshotList list;
    private final Holds holds;
    private final Destroyer destroyer;

    /** Works through {@code runner}; a call that takes longer than {@code deadline} is an error. */
    public OwnSnapshots(ZfsRunner runner, Duration deadline) {
        this(new Zfs(runner, deadline));
    }

    OwnSnapshots(Zfs zfs) {
        this.datasets = new Datasets(zfs);
        this.holds = new Holds(zfs);
        this.list = new SnapshotList(datasets, holds);
        this.destroyer = new Destroyer(zfs);
    }

    /** What became of a snapshot that was to be destroyed. */
    public enum Outcome {
        /** It is gone now. */
        DESTROYED,
        /** It was gone before, or another one has its name now, which was left alone. */
        ALREADY_GONE,
        /** Somebody holds it; it was left alone. */
        HELD,
        /** It is in use or cloned; it was left alone and can be tried again later. */
        BUSY
    }

    /**
     * What thinning did.
     *
     * @param destroyed those that are gone now
     * @param vanished those that were gone when it was their turn, or whose name another one has now
     * @param kept those that should have gone but are held or in use
     */
    public record Thinned(List<OwnSnapshot> destroyed, List<OwnSnapshot> vanished, List<OwnSnapshot> kept) {
        /** Those that are not there any more. */
        List<OwnSnapshot> gone() {
            List<OwnSnapshot> gone = new ArrayList<>(destroyed);
            gone.addAll(vanished);
            return gone;
        }
    }

    /** All own snapshots of the dataset, oldest first. */
    public List<OwnSnapshot> of(SourceId dataset) throws SourceException {
        return list.of(dataset);
    }

    /** As {@link #of}, without a look at whose holds there are: none counts as ours. */
    List<OwnSnapshot> withoutHolds(SourceId dataset) throws SourceException {
        return list.withoutHolds(dataset);
    }

    /**
     * Destroys one, after asking ZFS again whether it is ours.
     *
     * @throws SourceException.Refused when it does not carry our marks: then nothing is done
     */
    public Outcome destroy(OwnSnapshot snapshot) throws SourceException {
        return destroyer.destroy(snapshot.label(), snapshot.guid());
    }

    /**
     * Destroys those of these that are surplus, oldest first, but for the newest and those that are held.
     *
     * @param all own snapshots of one dataset, oldest first
     * @param surplus guids
     */
    Thinned thin(List<OwnSnapshot> all, Set<String> surplus) throws SourceException {
        List<OwnSnapshot> destroyed = new ArrayList<>();
        List<OwnSnapshot> vanished = new ArrayList<>();
        List<OwnSnapshot> kept = new ArrayList<>();
        for (OwnSnapshot old : all.subList(0, Math.max(0, all.size() - 1))) {
            if (!surplus.contains(old.guid())) {
                continue;
            }
            switch (old.holds() > 0 ? Outcome.HELD : destroy(old)) {
                case DESTROYED -> destroyed.add(old);
                case HELD, BUSY -> kept.add(old);
                case ALREADY_GONE -> vanished.add(old);
            }
        }
        return new Thinned(List.copyOf(destroyed), List.copyOf(vanished), List.copyOf(kept));
    }

    /**
     * Puts our hold on the own snapshot with this guid, and takes it off all others of the dataset but those that are
     * needed as well. Doing it again changes nothing.
     *
     * @param alsoNeeded guids of other snapshots; those that are gone are passed over
     * @return all own snapshots of the dataset, oldest first, as they were before
     * @throws SourceException.SnapshotGone when the dataset has no own snapshot with that guid; then no hold is touched
     */
    public List<OwnSnapshot> holdOnly(SourceId dataset, String snapshotGuid, Set<String> alsoNeeded)
            throws SourceException {
        List<OwnSnapshot> all = of(dataset);
        if (all.stream().noneMatch(s -> s.guid().equals(snapshotGuid))) {
            throw new SourceException.SnapshotGone(
                    "cannot hold the snapshot with guid " + snapshotGuid + " of dataset " + dataset.name()
                            + ": none of its " + all.size() + " own snapshots has it vs one; no hold was changed; "
                            + "run a new backup",
                    null);
        }
        Set<String> wanted = new HashSet<>(alsoNeeded);
        wanted.add(snapshotGuid);
        hold(all, wanted);
        return all;
    }

    /**
     * Puts our hold on the own snapshots with these guids and takes it off all others of the dataset. Doing it again
     * changes nothing.
     *
     * @return those guids none of the dataset's own snapshots has
     */
    public Set<String> holdOnly(SourceId dataset, Set<String> wanted) throws SourceException {
        List<OwnSnapshot> all = of(dataset);
        hold(all, wanted);
        Set<String> missing = new HashSet<>(wanted);
        all.forEach(snapshot -> missing.remove(snapshot.guid()));
        return missing;
    }

    /** First what is to be held, then what is not: a crash between the two leaves too much held. */
    private void hold(List<OwnSnapshot> all, Set<String> wanted) throws SourceException {
        for (OwnSnapshot snapshot : all) {
            if (wanted.contains(snapshot.guid()) && !snapshot.isHeldByUs()) {
                holds.hold(List.of(snapshot.label()));
            }
        }
        for (OwnSnapshot snapshot : all) {
            if (!wanted.contains(snapshot.guid()) && snapshot.isHeldByUs()) {
                holds.release(snapshot.label());
            }
        }
    }

    /** Takes our hold off the own snapshot with this guid, if it is there and has it. */
    public void release(SourceId dataset, String snapshotGuid) throws SourceException {
        for (OwnSnapshot snapshot : of(dataset)) {
            if (snapshot.guid().equals(snapshotGuid) && snapshot.isHeldByUs()) {
                holds.release(snapshot.label());
            }
        }
    }
}
