package cofre.zfs;

import cofre.source.SourceException;
import cofre.zfs.ZfsFault.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists what is left of a dataset's past: snapshots and bookmarks, of whomever. */
final class Views {
    private static final List<String> GET = List.of(
            "get", "-Hp", "-d", "1", "-t", "snapshot,bookmark", "-o", "name,property,value,source", "guid,createtxg");

    private final Zfs zfs;

    Views(Zfs zfs) {
        this.zfs = zfs;
    }

    /**
     * A snapshot or a bookmark of one.
     *
     * @param label {@code tank/obras@NAME}, or {@code tank/obras#NAME} for a bookmark
     * @param guid the snapshot's guid, also for a bookmark
     * @param createTxg the snapshot's transaction group, also for a bookmark
     * @param isBookmark whether it is one
     */
    record View(String label, String guid, long createTxg, boolean isBookmark) {}

    /** All of the dataset with this name. */
    List<View> of(String dataset) throws SourceException {
        String doing = "list the snapshots and bookmarks of dataset " + dataset;
        String out = zfs.call(GET, List.of(dataset)).orThrow(doing, Subject.DATASET);
        List<View> views = new ArrayList<>();
        for (Map.Entry<String, Properties> found : Properties.byName(doing, out).entrySet()) {
            String label = found.getKey();
            boolean isBookmark = label.startsWith(dataset + "#");
            if (isBookmark || label.startsWith(dataset + "@")) {
                Properties properties = found.getValue();
                views.add(new View(label, properties.text("guid"), properties.number(doing, "createtxg"), isBookmark));
            }
        }
        return views;
    }
}
