package cofre.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tags that tie a restore point to the share and the frozen view it shows. Names may change, the dataset's guid does
 * not: restore points of one guid are one series. What they say is a text from a file: escape it before showing.
 */
public final class PointTags {
    private static final String OWN = "cofre";
    private static final String SHARE = "share=";
    private static final String GUID = "dataset-guid=";
    private static final String VIEW = "zfs-snapshot=";
    private static final String RIGHTS = "rights=";

    private PointTags() {}

    /**
     * The tags of a restore point.
     *
     * @param guid the guid of the dataset it was made from, empty for none
     * @param view the name of the frozen view; kept only with a guid
     * @param rights whose rights are kept of every entry
     */
    public static List<String> of(String share, Optional<String> guid, String view, RightsModel rights) {
        List<String> tags = new ArrayList<>();
        tags.add(OWN);
        tags.add(SHARE + share);
        guid.ifPresent(number -> {
            tags.add(GUID + number);
            tags.add(VIEW + view);
        });
        if (rights != RightsModel.NONE) {
            tags.add(RIGHTS + rights.text());
        }
        return tags;
    }

    /**
     * Whose rights a restore point keeps of every entry, and with them all metadata cofre knows to keep; one that was not made
     * by cofre, or before it kept them, says {@link RightsModel#NONE}.
     */
    public static RightsModel rights(Snapshot snapshot) {
        return isOwn(snapshot) ? RightsModel.of(valueOf(RIGHTS, snapshot)) : RightsModel.NONE;
    }

    /** Whether cofre made the restore point. */
    public static boolean isOwn(Snapshot snapshot) {
        return snapshot.tags().contains(OWN);
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

    /** Whether a restore point is of the dataset with this guid; with none, whether it is of no dataset. */
    public static boolean isOf(Snapshot snapshot, Optional<String> guid) {
        return guid(snapshot).equals(guid.orElse(""));
    }
}
