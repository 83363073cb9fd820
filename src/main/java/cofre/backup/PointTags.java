package cofre.backup;

import cofre.format.Snapshot;
import cofre.source.Frozen;
import cofre.source.SourceId;
import java.util.ArrayList;
import java.util.List;

/**
 * The tags that tie a restore point to the share and the frozen view it shows. Names may change, the dataset's guid does
 * not: restore points of one guid are one series.
 */
public final class PointTags {
    private static final String SHARE = "share=";
    private static final String GUID = "dataset-guid=";
    private static final String VIEW = "zfs-snapshot=";

    private PointTags() {}

    /** The tags of a restore point of this share made from this view. */
    static List<String> of(String share, Frozen view) {
        List<String> tags = new ArrayList<>();
        tags.add("cofre");
        tags.add(SHARE + share);
        view.source().guid().ifPresent(guid -> {
            tags.add(GUID + guid);
            tags.add(VIEW + view.label());
        });
        return tags;
    }

    /** The share a restore point says it is of; empty when it was not made by cofre. */
    public static String share(Snapshot snapshot) {
        return valueOf(SHARE, snapshot);
    }

    /** The guid of the dataset it was made from, in decimal; empty when it was made from none. */
    public static String guid(Snapshot snapshot) {
        return valueOf(GUID, snapshot);
    }

    /** The ZFS snapshot it was made from; empty when it was made from none. */
    public static String zfsSnapshot(Snapshot snapshot) {
        return valueOf(VIEW, snapshot);
    }

    private static String valueOf(String prefix, Snapshot snapshot) {
        return snapshot.tags().stream()
                .filter(tag -> tag.startsWith(prefix))
                .map(tag -> tag.substring(prefix.length()))
                .findFirst()
                .orElse("");
    }

    /** Whether a restore point is of this source. */
    static boolean isOf(Snapshot snapshot, SourceId source) {
        return source.guid()
                .map(guid -> guid.equals(guid(snapshot)))
                .orElse(guid(snapshot).isEmpty());
    }
}
