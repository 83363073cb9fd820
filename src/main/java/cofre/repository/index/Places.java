package cofre.repository.index;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.PackedBlob;
import cofre.format.Sha256;

/**
 * Where blobs lie, in the order in which they were added: 40 bytes a place and no objects. Blobs of a pack mostly lie one
 * right after the other; such a <em>run</em> says its pack once, and a blob's length is where the next one begins. Places
 * never change. Not thread-safe.
 */
final class Places {
    /** Positions have to fit beside some bits of a hash in {@link Slots}; at this size they take 6 GB. */
    static final int MOST = Slots.MOST;

    private static final int TREE = 1 << 31;
    private static final long LOW = 0xffff_ffffL;

    private final PagedLongs ids = new PagedLongs(); // four for each place
    private final PagedInts offsets = new PagedInts();
    private final PagedInts plains = new PagedInts(); // uncompressed length, and the type in the highest bit
    private final PagedInts runStarts = new PagedInts();
    private final PagedInts runPacks = new PagedInts();
    private final PagedInts runLasts = new PagedInts(); // length of a run's last blob
    private int size;
    private int runs;
    private long end; // where the last place ends in its pack

    /** How many there are. */
    int size() {
        return size;
    }

    /** Adds one; gives its position. Takes least room when blobs of a pack come by ascending offset. */
    int add(int pack, PackedBlob placed) {
        if (placed.offset() > LOW) {
            throw new IllegalArgumentException(
                    "cannot index a blob at offset " + placed.offset() + " vs at most " + LOW);
        }
        if (size == MOST) {
            throw new IllegalStateException("cannot index more than " + MOST + " blobs");
        }
        if (runs == 0 || runPacks.get(runs - 1) != pack || end != placed.offset()) {
            runStarts.set(runs, size);
            runPacks.set(runs, pack);
            runs++;
        }
        runLasts.set(runs - 1, placed.length());
        end = placed.offset() + placed.length();
        Sha256 id = placed.blob().id().hash();
        ids.set(4 * size, id.a());
        ids.set(4 * size + 1, id.b());
        ids.set(4 * size + 2, id.c());
        ids.set(4 * size + 3, id.d());
        offsets.set(size, (int) placed.offset());
        plains.set(size, placed.uncompressedLength() | (placed.blob().type() == BlobType.TREE ? TREE : 0));
        return size++;
    }

    /** Whether this blob lies there. */
    boolean holds(int at, Sha256 id, boolean tree) {
        return ids.get(4 * at) == id.a()
                && ids.get(4 * at + 1) == id.b()
                && ids.get(4 * at + 2) == id.c()
                && ids.get(4 * at + 3) == id.d()
                && plains.get(at) < 0 == tree;
    }

    /** The second part of the id that lies there, by which {@link Slots} sorts. */
    long second(int at) {
        return ids.get(4 * at + 1);
    }

    /** Number of the pack a place is in. */
    int pack(int at) {
        return runPacks.get(run(at));
    }

    /** What lies there. */
    PackedBlob blob(int at) {
        return blob(at, run(at));
    }

    private PackedBlob blob(int at, int run) {
        BlobId id = new BlobId(
                new Sha256(ids.get(4 * at), ids.get(4 * at + 1), ids.get(4 * at + 2), ids.get(4 * at + 3)));
        int plain = plains.get(at);
        BlobHandle blob = plain < 0 ? BlobHandle.tree(id) : BlobHandle.data(id);
        boolean isLast = at + 1 == (run + 1 == runs ? size : runStarts.get(run + 1));
        int length = isLast ? runLasts.get(run) : offsets.get(at + 1) - offsets.get(at);
        return new PackedBlob(blob, offsets.get(at) & LOW, length, plain & ~TREE);
    }

    private int run(int at) {
        int low = 0;
        int high = runs - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
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
        int run = 0;
        for (int at = 0; at < size; at++) {
            run += run + 1 < runs && runStarts.get(run + 1) == at ? 1 : 0;
            visitor.visit(at, runPacks.get(run), blob(at, run));
        }
    }

    /** Sees every place. */
    interface Visitor {
        void visit(int at, int pack, PackedBlob blob);
    }
}
