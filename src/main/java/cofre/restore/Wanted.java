package cofre.restore;

import cofre.format.BlobPlace;
import cofre.format.PackedBlob;

/**
 * A blob that is needed, and where its bytes go. Made by the thread that plans, then used by the one that fetches it.
 */
final class Wanted {
    /** A place in a file. */
    private static final class Use {
        final RestoredFile file;
        final long offset;
        final Use next;

        Use(RestoredFile file, long offset, Use next) {
            this.file = file;
            this.offset = offset;
            this.next = next;
        }
    }

    private final BlobPlace place;
    private Use uses; // a chain: nearly all blobs have one use

    Wanted(BlobPlace place) {
        this.place = place;
    }

    BlobPlace place() {
        return place;
    }

    PackedBlob blob() {
        return place.blob();
    }

    /** The bytes also go here. */
    void addUse(RestoredFile file, long offset) {
        uses = new Use(file, offset, uses);
        file.expect();
    }

    /** Writes the blob's bytes, which begin at {@code at}, everywhere. */
    void deliver(byte[] bytes, int at, Finished finished) throws TargetException {
        int length = blob().plainLength();
        for (Use use = uses; use != null; use = use.next) {
            Holes.write(use.file, use.offset, bytes, at, length);
            finished.bytes(length);
            pieceDone(use, finished);
        }
    }

    /** The bytes cannot be had. */
    void fail(String why, Finished finished) throws TargetException {
        for (Use use = uses; use != null; use = use.next) {
            use.file.fail(why);
            pieceDone(use, finished);
        }
    }

    private static void pieceDone(Use use, Finished finished) throws TargetException {
        if (use.file.pieceDone()) {
            finished.file(use.file);
        }
    }

    /** Hears of progress. */
    interface Finished {
        void bytes(long count);

        /** The file is written or given up. */
        void file(RestoredFile file) throws TargetException;
    }
}
