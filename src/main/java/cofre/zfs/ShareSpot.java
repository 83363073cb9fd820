package cofre.zfs;

import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.source.SnapshotSource.Request;
import cofre.source.SourceException;
import java.util.List;

/**
 * Where a share lies: its dataset, and the way from the dataset's mount point down to the share's root. There is one only
 * when the dataset is in a state to be frozen and read.
 *
 * @param request what was asked for
 * @param dataset the dataset as it was found
 * @param mountPoint where the dataset is mounted
 * @param below from there to the share's root
 */
record ShareSpot(Request request, Dataset dataset, RawPath mountPoint, RawPath below) {
    private static final RawPath SNAPSHOTS = new RawPath(List.of(RawName.ofText(".zfs"), RawName.ofText("snapshot")));

    /** @param found the dataset, followed by all datasets below it */
    static ShareSpot of(Request request, List<Dataset> found) throws SourceException {
        Dataset dataset = found.get(0);
        checkReadable(request, dataset);
        RawPath mountPoint = dataset.mountPoint().orElseThrow();
        if (!request.root().startsWith(mountPoint)) {
            throw notReady(
                    request,
                    dataset,
                    "it is mounted at " + mountPoint + " vs the share's path " + request.root()
                            + ", which does not lie below that",
                    "correct the share's path or its dataset (if the path is a link, give the path it leads to)");
        }
        for (Dataset child : found.subList(1, found.size())) {
            checkNotIn(request, dataset, child);
        }
        List<RawName> names = request.root().names();
        RawPath below = new RawPath(names.subList(mountPoint.names().size(), names.size()));
        return new ShareSpot(request, dataset, mountPoint, below);
    }

    /** Where ZFS shows a snapshot of the dataset. */
    RawPath viewOf(OwnSnapshot snapshot) {
        return mountPoint.resolve(SNAPSHOTS).resolve(RawName.ofText(snapshot.name()));
    }

    private static void checkReadable(Request request, Dataset dataset) throws SourceException {
        String name = dataset.name();
        if (!dataset.isFileSystem()) {
            throw notReady(request, dataset, "it is a " + dataset.type() + " vs a file system", "name a file system");
        }
        if (dataset.isLocked()) {
            throw notReady(
                    request,
                    dataset,
                    "its encryption key is not loaded vs loaded",
                    "run: zfs load-key " + name + " && zfs mount " + name);
        }
        if (dataset.mountPoint().isEmpty()) {
            throw notReady(
                    request,
                    dataset,
                    "its property mountpoint is " + dataset.mountSetting() + " vs a path of its own",
                    "run: zfs set mountpoint=" + request.root() + " " + name);
        }
        if (!dataset.mounted()) {
            String canMount = dataset.canMount().equals("on") ? "" : " (canmount=" + dataset.canMount() + ")";
            throw notReady(request, dataset, "it is not mounted" + canMount + " vs mounted", "run: zfs mount " + name);
        }
        if (dataset.snapDir().equals("disabled")) {
            throw notReady(
                    request,
                    dataset,
                    "its property snapdir is disabled vs hidden or visible, so snapshots cannot be read",
                    "run: zfs set snapdir=hidden " + name);
        }
    }

    /** A snapshot of a dataset holds nothing of the datasets below it: backing up the empty directory would be a lie. */
    private static void checkNotIn(Request request, Dataset dataset, Dataset child) throws SourceException {
        if (child.mountPoint().isPresent()
                && !child.canMount().equals("off")
                && request.root().startsWith(child.mountPoint().get())) {
            throw notReady(
                    request,
                    dataset,
                    "the share's path " + request.root() + " lies in the dataset " + child.name() + " below it vs in "
                            + dataset.name() + " itself",
                    "name " + child.name() + " as the share's dataset");
        }
    }

    private static SourceException notReady(Request request, Dataset dataset, String fault, String remedy) {
        return new SourceException.NotReady(
                "cannot take a snapshot of dataset " + dataset.name() + " for share " + request.share() + ": " + fault
                        + "; no snapshot was taken; " + remedy,
                null);
    }
}
