package cofre.seal;

import cofre.format.IndexCodec;
import cofre.format.LockCodec;
import cofre.format.SnapshotCodec;

/** The sealed files that are not packs, with the most plain bytes each may have. */
public enum UnpackedKind {
    INDEX("index", IndexCodec.MAX_BYTES),
    SNAPSHOT("snapshot", SnapshotCodec.MAX_BYTES),
    LOCK("lock", LockCodec.MAX_BYTES);

    private final String text;
    private final int most;

    UnpackedKind(String text, int most) {
        this.text = text;
        this.most = most;
    }

    String text() {
        return text;
    }

    int most() {
        return most;
    }
}
