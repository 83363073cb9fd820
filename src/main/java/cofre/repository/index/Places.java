package cofre.repository.index;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.PackedBlob;
import cofre.format.Sha256;

/**
 * Where blobs lie, in the order in which they were added: 38 bytes a place and no objects. Blobs of a pack mostly lie one
 * right after the other; such a <em>run</em> says pack, type and first offset once, and where a blob of it lies follows from
 * the lengths before it. Places never change. Not thread-safe.
 */
final class Places {
    /** Positions have to fit beside some bits of a hash in {@link Slots}; at this size they take 5 GB. */
    static final int MOST = Slots.MOST;

    /** No pack is as long, restic's neither. */
    static final long MOST_OFFSET = 0xffff_ffffL;

    /** So many lengths at most are added up to find an offset; a run takes twelve bytes. */
    private static final int LONGEST_RUN = 64;

    private static final int TREE = 1 << 31;

    private final PagedLongs ids = new PagedLongs(); // four for each place
    private final Lengths lengths = new Lengths();
    private final PagedInts runStarts = new PagedInts();
    private final PagedInts runPacks = new PagedInts(); // number, and the type in the highest bit
    private final PagedInts runOffsets = new PagedInts();
    private int size;
    private int runs;
    private long end; // where the last place ends in its pack

    /** How many there are. */
    int size() {
        return size;
    }

    /** Adds one; gives its position. Takes least room when blobs of a pack come by ascending offset. */
    int add(int pack, PackedBlob placed) {
        if (size == MOST) {
            throw new IllegalStateException("cannot index more than " + MOST + " blobs");
        }
        int packAndType = pack | (placed.blob().type() == BlobType.TREE ? TREE : 0);
        if (runs == 0
                || runPacks.get(runs - 1) != packAndType
                || end != placed.offset()
                || size - runStarts.get(runs - 1) == LONGEST_RUN) {
            runStarts.set(runs, size);
            runPacks.set(runs, packAndType);
            runOffsets.set(runs, (int) placed.offset());
            runs++;
        }
        end = placed.offset() + placed.length();
        Sha256 id = placed.blob().id().hash();
        ids.set(4 * size, id.a());
        ids.set(4 * size + 1, id.b());
        ids.set(4 * size + 2, id.c());
        ids.set(4 * size + 3, id.d());
        lengths.set(size, placed.length(), placed.uncompressedLength());
        return size++;
    }

    /** Whether this blob lies there. */
    boolean holds(int at, Sha256 id, boolean tree) {
        return ids.get(4 * at) == id.a()
                && ids.get(4 * at + 1) == id.b()
                && ids.get(4 * at + 2) == id.c()
                && ids.get(4 * at + 3) == id.d()
                && runPacks.get(run(at)) < 0 == tree;
    }

    /** The second part of the id that lies there, by which {@link Slots} sorts. */
    long second(int at) {
        return ids.get(4 * at + 1);
    }

    /** Number of the pack a place is in. */
    int pack(int at) {
        return runPacks.get(run(at)) & ~TREE;
    }

    /** What lies there. */
    PackedBlob blob(int at) {
        int run = run(at);
        long offset = runOffsets.get(run) & MOST_OFFSET;
        for (int before = runStarts.get(run); before < at; before++) {
            offset += lengths.sealed(before);
        }
        return blob(at, run, offset);
    }

    private PackedBlob blob(int at, int run, long offset) {
        BlobId id =
                new BlobId(new Sha256(ids.get(4 * at), ids.get(4 * at + 1), ids.get(4 * at + 2), ids.get(4 * at + 3)));
        BlobHandle blob = runPacks.get(run) < 0 ? BlobHandle.tree(id) : BlobHandle.data(id);
        return new PackedBlob(blob, offset, lengths.sealed(at), lengths.plain(at));
    }

    private int run(int at) {
        int low = 0;
        int high = runs - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (runStarts.get(middle) <= at) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Shows all places in order. */
    void forEach(Visitor visitor) {
        for (int run = 0; run < runs; run++) {
            int pack = runPacks.get(run) & ~TREE;
            long offset = runOffsets.get(run) & MOST_OFFSET;
            int after = run + 1 == runs ? size : runStarts.get(run + 1);
            for (int at = runStarts.get(run); at < after; at++) {
                visitor.visit(at, pack, blob(at, run, offset));
                offset += lengths.sealed(at);
            }
        }
    }

    /** Sees every place. */
    interface Visitor {
        void visit(int at, int pack, PackedBlob blob);
    }
}
