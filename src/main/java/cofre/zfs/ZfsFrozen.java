package cofre.zfs;

import cofre.source.Frozen;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.source.SourceId;
import java.time.Instant;

/** A held ZFS snapshot. Its name follows its dataset's when that is renamed during the run. Thread-safe. */
final class ZfsFrozen implements Frozen {
    private final SourceId source;
    private final ShareSpot spot;
    private final OwnSnapshot snapshot;
    private final ViewOpening opening;
    private volatile String label;

    ZfsFrozen(SourceId source, ShareSpot spot, OwnSnapshot snapshot, ViewOpening opening) {
        this.source = source;
        this.spot = spot;
        this.snapshot = snapshot;
        this.opening = opening;
        this.label = snapshot.label();
    }

    @Override
    public SourceId source() {
        return source;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String viewId() {
        return snapshot.guid();
    }

    @Override
    public Instant time() {
        return snapshot.time();
    }

    @Override
    public boolean isConsistent() {
        return true;
    }

    @Override
    public boolean isWholeSource() {
        return spot.below().names().isEmpty();
    }

    @Override
    public boolean timesCoverAttributes() {
        return spot.dataset().xattrSetting().equals("sa");
    }

    @Override
    public SourceDir openRoot() throws SourceException {
        return opening.open(spot, snapshot);
    }

    @Override
    public void verifyStillThere() throws SourceException {
        label = opening.find(source, snapshot).label();
    }

    /** Holds no handles: every opened directory is its user's to close. */
    @Override
    public void close() {}
}
