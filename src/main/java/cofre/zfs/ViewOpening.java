package cofre.zfs;

import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.source.SourceId;
import cofre.source.SourceId.Kind;
import cofre.source.TreeOpener;
import java.time.Duration;
import java.util.Optional;

/** Opens a snapshot where ZFS shows it, and makes sure that it is that snapshot. */
final class ViewOpening {
    /** The first touch makes the kernel mount the snapshot, which may lag behind on a busy machine: 10 s in all. */
    private static final int ATTEMPTS = 40;

    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final OwnSnapshots own;
    private final TreeOpener opener;
    private final Pause pause;

    ViewOpening(OwnSnapshots own, TreeOpener opener, Pause pause) {
        this.own = own;
        this.opener = opener;
        this.pause = pause;
    }

    /** The share's root in the snapshot. */
    SourceDir open(ShareSpot spot, OwnSnapshot snapshot) throws SourceException {
        SourceDir root = openPatiently(spot.viewOf(snapshot), snapshot.label());
        try {
            find(new SourceId(Kind.ZFS, spot.dataset().guid(), spot.dataset().name()), snapshot);
        } catch (SourceException e) {
            root.close();
            throw e;
        }
        return descend(root, spot, snapshot);
    }

    private SourceDir openPatiently(RawPath path, String label) throws SourceException {
        for (int attempt = 1; ; attempt++) {
            try {
                return opener.open(path, Optional.of(label), label);
            } catch (SourceException.SnapshotGone e) {
                if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                pause.forTime(BETWEEN);
            }
        }
    }

    private static SourceDir descend(SourceDir root, ShareSpot spot, OwnSnapshot snapshot) throws SourceException {
        SourceDir at = root;
        for (RawName name : spot.below().names()) {
            SourceDir above = at;
            try (above) {
                at = above.enter(name);
            } catch (SourceException.FileUnreadable e) {
                throw new SourceException.NotReady(
                        "cannot open the root of share " + spot.request().share() + " in snapshot " + snapshot.label()
                                + ": no directory " + spot.below() + " that can be opened vs one; nothing was read; "
                                + "see whether the share's path exists and holds no symbolic link below "
                                + spot.mountPoint(),
                        e);
            }
        }
        return at;
    }

    /** The snapshot as it is called now. */
    OwnSnapshot find(SourceId source, OwnSnapshot snapshot) throws SourceException {
        for (OwnSnapshot there : own.withoutHolds(source)) {
            if (there.guid().equals(snapshot.guid()) && there.createTxg() == snapshot.createTxg()) {
                return there;
            }
        }
        throw new SourceException.SnapshotGone(
                "cannot find snapshot " + snapshot.label() + " with guid " + snapshot.guid()
                        + ": dataset " + source.name()
                        + " has it no more vs held for this run; the run was not completed; "
                        + "find out who destroyed it, then run the backup again",
                null);
    }
}
