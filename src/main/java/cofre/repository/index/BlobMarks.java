package cofre.repository.index;

import cofre.format.BlobHandle;
import cofre.format.PackedBlob;
import java.util.BitSet;

/**
 * A set of blobs of one index: a bit for each place in it, so that ten million blobs cost some one and a half megabytes. For
 * one thread.
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
        /** A blob, by its first place: number of the pack, place in the pack, whether it is marked, whether it has several. */
        void visit(int pack, PackedBlob blob, boolean marked, boolean several);
    }

    private final BlobIndex index;
    private final BitSet bits = new BitSet();
    private long count;

    BlobMarks(BlobIndex index) {
        this.index = index;
    }

    /** Marks a blob. */
    public Mark mark(BlobHandle blob) {
        int position = index.position(blob);
        if (position < 0) {
            return Mark.ABSENT;
        }
        if (bits.get(position)) {
            return Mark.AGAIN;
        }
        bits.set(position);
        count++;
        return Mark.FIRST;
    }

    /** Whether the blob is in the index and marked. */
    public boolean isMarked(BlobHandle blob) {
        int position = index.position(blob);
        return position >= 0 && bits.get(position);
    }

    /** How many are marked. */
    public long count() {
        return count;
    }

    /** Shows every blob of the index once, in no order. */
    public void forEach(Visitor visitor) {
        index.visit((at, pack, blob, several) -> visitor.visit(pack, blob, bits.get(at), several));
    }
}
