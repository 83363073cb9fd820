package cofre.zfs;

import cofre.source.SourceException;
import cofre.source.SourceId;
import cofre.zfs.Views.View;
import cofre.zfs.Zfs.Answer;
import cofre.zfs.ZfsFault.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Keeps a bookmark of the last restore point's snapshot: changes can be counted from it when somebody destroyed the
 * snapshot. A bookmark costs nothing and carries no mark, so one is removed only when its name is of our form and its guid is
 * that of a snapshot known to be ours. Thread-safe.
 */
final class Bookmarks {
    private final Zfs zfs;
    private final OwnSnapshots own;
    private final Views views;
    private final Consumer<SourceException> trouble;
    private final Set<String> complainedOf = ConcurrentHashMap.newKeySet();

    /** @param trouble told, once for each dataset, why there is no bookmark: only speed is lost */
    Bookmarks(Zfs zfs, Datasets datasets, OwnSnapshots own, Consumer<SourceException> trouble) {
        this.zfs = zfs;
        this.own = own;
        this.views = new Views(datasets);
        this.trouble = trouble;
    }

    /** Bookmarks the own snapshot with this guid and removes our older bookmarks but those of views that are needed. */
    void settle(SourceId source, String committed, Set<String> needed) {
        try {
            update(source, committed, needed);
        } catch (SourceException e) {
            if (complainedOf.add(source.identity())) {
                trouble.accept(e);
            }
        }
    }

    private void update(SourceId source, String committed, Set<String> needed) throws SourceException {
        List<OwnSnapshot> snapshots = own.withoutHolds(source);
        OwnSnapshot newest = snapshots.stream()
                .filter(s -> s.guid().equals(committed))
                .findFirst()
                .orElseThrow(() -> new SourceException.SnapshotGone(
                        "cannot bookmark the snapshot with guid " + committed + " of dataset " + source.name()
                                + ": it is gone vs held; no bookmark was changed; run a new backup",
                        null));
        List<View> found = views.of(source);
        String label = newest.dataset() + "#" + newest.name();
        if (found.stream().noneMatch(v -> v.label().equals(label) && v.guid().equals(committed))) {
            zfs.call(List.of("bookmark", newest.label(), label))
                    .orThrow("bookmark snapshot " + newest.label(), Subject.SNAPSHOT);
        }
        Set<String> unneeded = new HashSet<>();
        snapshots.stream()
                .filter(s -> s.createTxg() < newest.createTxg())
                .map(OwnSnapshot::guid)
                .filter(guid -> !needed.contains(guid))
                .forEach(unneeded::add);
        remove(found, unneeded);
    }

    /** Removes our bookmarks of these own snapshots, which may be gone. */
    void forget(SourceId source, Set<String> guids) throws SourceException {
        remove(views.of(source), guids);
    }

    private void remove(List<View> found, Set<String> guids) throws SourceException {
        for (View view : found) {
            if (view.isBookmark()
                    && guids.contains(view.guid())
                    && SnapshotName.ofBookmark(view.label()).isPresent()) {
                Answer answer = zfs.call(List.of("destroy", view.label()));
                if (!answer.is(ZfsFault.NO_SUCH)) {
                    answer.orThrow("destroy bookmark " + view.label(), Subject.SNAPSHOT);
                }
            }
        }
    }
}
