package cofre.versions;

import cofre.browse.KeptRights;
import cofre.format.Snapshot;

/** What a restore point says of the rights of its files. */
final class RightsTag {
    private static final String NFS4 = "rights=nfs4";
    private static final String POSIX = "rights=posix";

    private RightsTag() {}

    /**
     * What is known of them.
     *
     * @param listsInAttributes whether this system keeps access control lists in extended attributes: then any point has them
     */
    static KeptRights of(Snapshot point, boolean listsInAttributes) {
        if (point.tags().contains(NFS4)) {
            return KeptRights.NFS4;
        }
        return listsInAttributes || point.tags().contains(POSIX) ? KeptRights.POSIX : KeptRights.UNKNOWN;
    }
}
