package cofre.repository;

import cofre.format.BlobId;
import cofre.format.SnapshotId;
import java.io.IOException;
import java.util.Map;

/** Restore points without a record in the repository that may come back: a prune spares what they need, as far as it is there. */
public interface SparedPoints {
    /** None. */
    SparedPoints NONE = new SparedPoints() {
        @Override
        public Map<SnapshotId, BlobId> roots() {
            return Map.of();
        }

        @Override
        public void lost(SnapshotId point, String why) {}
    };

    /** Their root trees; asked once, before anything is decided. */
    Map<SnapshotId, BlobId> roots() throws IOException;

    /** Something this one needs is not there any more, so it cannot come back: why, as a sentence. */
    void lost(SnapshotId point, String why) throws IOException;
}
