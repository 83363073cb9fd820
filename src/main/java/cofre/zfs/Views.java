package cofre.zfs;

import cofre.source.SourceException;
import cofre.source.SourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists what is left of a dataset's past: snapshots and bookmarks, of whomever. */
final class Views {
    private static final List<String> GET = List.of(
            "get",
            "-Hp",
            "-d",
            "1",
            "-t",
            "filesystem,snapshot,bookmark",
            "-o",
            "name,property,value,source",
            "guid,createtxg");

    private final Datasets datasets;

    Views(Datasets datasets) {
        this.datasets = datasets;
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

    /** All of the dataset. */
    List<View> of(SourceId source) throws SourceException {
        String doing = "list the snapshots and bookmarks of dataset " + source.name();
        Datasets.Named named = datasets.below(source, doing, GET);
        String dataset = named.name();
        List<View> views = new ArrayList<>();
        for (Map.Entry<String, Properties> found : named.found().entrySet()) {
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
