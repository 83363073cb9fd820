package cofre.zfs;

import cofre.source.SourceException;
import cofre.source.SourceId;
import cofre.zfs.Views.View;
import cofre.zfs.Zfs.Answer;
import cofre.zfs.ZfsFault.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Keeps a bookmark of the last restore point's snapshot: changes can be counted from it when somebody destroyed the
 * snapshot. A bookmark costs nothing and carries no mark, so one is removed only when its name is of our form and its guid is
 * that of a snapshot known to be ours. Thread-safe.
 */
final class Bookmarks {
    private final Zfs zfs;
    /** By dataset, the guids of the snapshots whose bookmarks {@link #settle} has just seen to. */
    private final Map<String, Set<String>> settled = new ConcurrentHashMap<>();

    private final Views views;
    private final Consumer<SourceException> trouble;
    private final Set<String> complainedOf = ConcurrentHashMap.newKeySet();

    /** @param trouble told, once for each dataset, why there is no bookmark: only speed is lost */
    Bookmarks(Zfs zfs, Datasets datasets, Consumer<SourceException> trouble) {
        this.zfs = zfs;
        this.views = new Views(datasets);
        this.trouble = trouble;
    }

    /** Bookmarks the one of these own snapshots with this guid and removes our older bookmarks but those of views that are needed. */
    void settle(SourceId source, List<OwnSnapshot> snapshots, String committed, Set<String> needed) {
        try {
            update(source, snapshots, committed, needed);
            settled.put(
                    source.identity(),
                    snapshots.stream().map(OwnSnapshot::guid).collect(Collectors.toUnmodifiableSet()));
        } catch (SourceException e) {
            if (complainedOf.add(source.identity())) {
                trouble.accept(e);
            }
        }
    }

    private void update(SourceId source, List<OwnSnapshot> snapshots, String committed, Set<String> needed)
            throws SourceException {
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
        Set<String> unsettled = new HashSet<>(guids);
        unsettled.removeAll(settled.getOrDefault(source.identity(), Set.of()));
        if (!unsettled.isEmpty()) {
            remove(views.of(source), unsettled);
        }
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
