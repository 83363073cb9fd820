package cofre.versions;

import cofre.format.PointTags;
import cofre.format.RightsModel;
import cofre.format.Snapshot;

/** What a restore point says of the rights of its files. */
final class RightsTag {
    private RightsTag() {}

    /**
     * What is known of them.
     *
     * @param listsInAttributes whether this system keeps access control lists in extended attributes: then any point has them
     */
    static RightsModel of(Snapshot point, boolean listsInAttributes) {
        return switch (PointTags.rights(point)) {
            case NFS4 -> RightsModel.NFS4;
            case POSIX -> RightsModel.POSIX;
            case NONE -> listsInAttributes ? RightsModel.POSIX : RightsModel.NONE;
        };
    }
}
