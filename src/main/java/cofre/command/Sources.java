package cofre.command;

import cofre.config.ShareSettings;
import cofre.config.ShareSource;
import cofre.path.RawPath;
import cofre.source.ChangeSource;
import cofre.source.SnapshotSource;
import cofre.source.SourceException;
import cofre.zfs.Dataset;
import cofre.zfs.Datasets;
import cofre.zfs.OwnSnapshots;
import cofre.zfs.ZfsSource;

/**
 * The two kinds of source.
 *
 * @param zfs freezes datasets
 * @param snapshots the ZFS snapshots this program took
 * @param datasets what ZFS says of datasets
 * @param changes tells what changed in datasets
 * @param directories reads plain directories
 */
public record Sources(
        ZfsSource zfs, OwnSnapshots snapshots, Datasets datasets, ChangeSource changes, SnapshotSource directories) {
    /** The source a share is frozen by. */
    SnapshotSource of(ShareSettings share) {
        return isZfs(share) ? zfs : directories;
    }

    static boolean isZfs(ShareSettings share) {
        return share.source() instanceof ShareSource.Dataset;
    }

    /** What to freeze; a dataset's path is its mount point unless the configuration says another. */
    SnapshotSource.Request request(ShareSettings share) throws SourceException {
        if (share.source() instanceof ShareSource.Dataset dataset) {
            RawPath root = dataset.path().isPresent() ? dataset.path().get() : mountPoint(dataset.dataset());
            return new SnapshotSource.Request(share.name(), dataset.dataset(), root);
        }
        RawPath path = ((ShareSource.Directory) share.source()).path();
        return new SnapshotSource.Request(share.name(), path.toString(), path);
    }

    private RawPath mountPoint(String dataset) throws SourceException {
        Dataset found = datasets.find(dataset);
        return found.mountPoint()
                .orElseThrow(() -> new SourceException.NotReady(
                        "cannot back up dataset " + dataset + ": its mount point is " + found.mountSetting()
                                + " vs a directory; nothing was changed; set mountpoint, or name the share's path",
                        null));
    }
}
