package cofre.versions;

import cofre.browse.KeptRights;
import cofre.format.PointTags;
import cofre.format.Snapshot;

/** What a restore point says of the rights of its files. */
final class RightsTag {
    private RightsTag() {}

    /**
     * What is known of them.
     *
     * @param listsInAttributes whether this system keeps access control lists in extended attributes: then any point has them
     */
    static KeptRights of(Snapshot point, boolean listsInAttributes) {
        return switch (PointTags.rights(point)) {
            case NFS4 -> KeptRights.NFS4;
            case POSIX -> KeptRights.POSIX;
            case NONE -> listsInAttributes ? KeptRights.POSIX : KeptRights.UNKNOWN;
        };
    }
}
