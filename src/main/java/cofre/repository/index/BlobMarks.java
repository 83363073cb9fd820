package cofre.repository.index;

import cofre.format.BlobHandle;
import cofre.format.PackedBlob;

/**
 * A set of blobs of one index: a bit for each slot of its tables, so that ten million blobs cost some two megabytes. It
 * goes by the blobs' positions, which move when the index grows: adding a blob to the index ends its use. For one thread.
 */
public final class BlobMarks {
    /** What marking a blob came to. */
    public enum Mark {
        /** The index does not have the blob. */
        ABSENT,
        /** It was not marked before. */
        FIRST,
        /** It was marked before. */
        AGAIN
    }

    /** Sees every blob of the index. */
    public interface Visitor {
        /** A blob, by its first place: number of the pack, place in the pack, whether it is marked. */
        void visit(int pack, PackedBlob blob, boolean marked);
    }

    private final Segment[] segments;
    private final long[][] bits;
    private final int[] capacities;
    private long count;

    BlobMarks(Segment[] segments) {
        this.segments = segments;
        this.bits = new long[segments.length][];
        this.capacities = new int[segments.length];
        for (int i = 0; i < segments.length; i++) {
            capacities[i] = segments[i].capacity();
            bits[i] = new long[(capacities[i] + 63) / 64];
        }
    }

    /** Marks a blob. */
    public Mark mark(BlobHandle blob) {
        int segment = BlobIndex.segmentNumber(blob);
        int slot = slot(segment, blob);
        if (slot < 0) {
            return Mark.ABSENT;
        }
        if (isSet(segment, slot)) {
            return Mark.AGAIN;
        }
        bits[segment][slot >>> 6] |= 1L << slot;
        count++;
        return Mark.FIRST;
    }

    /** Whether the blob is in the index and marked. */
    public boolean isMarked(BlobHandle blob) {
        int segment = BlobIndex.segmentNumber(blob);
        int slot = slot(segment, blob);
        return slot >= 0 && isSet(segment, slot);
    }

    /** How many are marked. */
    public long count() {
        return count;
    }

    /** Shows every blob of the index once, in no order. */
    public void forEach(Visitor visitor) {
        for (int i = 0; i < segments.length; i++) {
            int segment = i;
            refuseGrown(segment);
            segments[i].forEach((slot, found) -> visitor.visit(found.pack(), found.blob(), isSet(segment, slot)));
        }
    }

    private int slot(int segment, BlobHandle blob) {
        refuseGrown(segment);
        return segments[segment].slot(blob);
    }

    private void refuseGrown(int segment) {
        if (segments[segment].capacity() != capacities[segment]) {
            throw new IllegalStateException("the index grew while its blobs were marked: positions have moved");
        }
    }

    private boolean isSet(int segment, int slot) {
        return (bits[segment][slot >>> 6] & 1L << slot) != 0;
    }
}
