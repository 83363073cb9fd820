package cofre.repository.index;

import cofre.format.BlobHandle;
import cofre.format.BlobType;
import cofre.format.PackedBlob;
import cofre.format.Sha256;

/**
 * An open-addressing table of blobs: six longs an entry and no objects, so that millions fit (about 48 / load bytes each).
 * Guarded by its own monitor. Entries are never removed.
 */
final class Segment {
    private static final int WORDS = 6;
    private static final int FIRST_CAPACITY = 16;
    private static final long TREE = 1L << 63;
    private static final long LOW = 0xffff_ffffL;

    private long[] table = new long[FIRST_CAPACITY * WORDS];
    private int capacity = FIRST_CAPACITY;
    private int size;

    /** Adds an entry; false, and nothing changed, when the blob is there already. */
    synchronized boolean add(int pack, PackedBlob placed) {
        if (4L * (size + 1) > 3L * capacity) { // load at most 3/4
            grow();
        }
        Sha256 id = placed.blob().id().hash();
        long place = packWord(placed.blob().type(), pack, placed.offset());
        int at = slotOf(id, place & TREE);
        if (table[at + 5] != 0) {
            return false;
        }
        table[at] = id.a();
        table[at + 1] = id.b();
        table[at + 2] = id.c();
        table[at + 3] = id.d();
        table[at + 4] = place;
        table[at + 5] = ((long) placed.length() << 32) | (placed.uncompressedLength() & LOW);
        size++;
        return true;
    }

    /** The pack's number and the place in it, or null. */
    synchronized Found find(BlobHandle blob) {
        int at = slotOf(blob.id().hash(), blob.type() == BlobType.TREE ? TREE : 0);
        if (table[at + 5] == 0) {
            return null;
        }
        long place = table[at + 4];
        long lengths = table[at + 5];
        return new Found((int) ((place & ~TREE) >>> 32), new PackedBlob(blob, place & LOW, (int) (lengths >>> 32), (int)
                lengths));
    }

    synchronized boolean contains(BlobHandle blob) {
        return table[slotOf(blob.id().hash(), blob.type() == BlobType.TREE ? TREE : 0) + 5] != 0;
    }

    synchronized void forEach(Visitor visitor) {
        for (int at = 0; at < table.length; at += WORDS) {
            if (table[at + 5] != 0) {
                Sha256 id = new Sha256(table[at], table[at + 1], table[at + 2], table[at + 3]);
                long place = table[at + 4];
                BlobHandle blob = new BlobHandle(
                        (place & TREE) != 0 ? BlobType.TREE : BlobType.DATA, new cofre.format.BlobId(id));
                visitor.visit(
                        at / WORDS,
                        new Found(
                                (int) ((place & ~TREE) >>> 32),
                                new PackedBlob(blob, place & LOW, (int) (table[at + 5] >>> 32), (int) table[at + 5])));
            }
        }
    }

    /** Number of the blob's slot, or -1. It stays that until the table grows. */
    synchronized int slot(BlobHandle blob) {
        int at = slotOf(blob.id().hash(), blob.type() == BlobType.TREE ? TREE : 0);
        return table[at + 5] == 0 ? -1 : at / WORDS;
    }

    /** Number of slots. */
    synchronized int capacity() {
        return capacity;
    }

    /** Bytes of heap the table takes. */
    synchronized long bytes() {
        return 8L * table.length;
    }

    /** What is found for a blob: the number of its pack and the place in it. */
    record Found(int pack, PackedBlob blob) {}

    /** Sees every entry. */
    interface Visitor {
        void visit(int slot, Found found);
    }

    private static long packWord(BlobType type, int pack, long offset) {
        if (offset > LOW) {
            throw new IllegalArgumentException("cannot index a blob at offset " + offset + " vs at most " + LOW);
        }
        return (type == BlobType.TREE ? TREE : 0) | ((long) pack << 32) | offset;
    }

    /** The entry's first word, or that of the free slot it would go to. */
    private int slotOf(Sha256 id, long type) {
        int slot = (int) (((id.b() >>> 32) * capacity) >>> 32);
        while (true) {
            int at = slot * WORDS;
            if (table[at + 5] == 0
                    || (table[at] == id.a()
                            && table[at + 1] == id.b()
                            && table[at + 2] == id.c()
                            && table[at + 3] == id.d()
                            && (table[at + 4] & TREE) == type)) {
                return at;
            }
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
    }

    /** By half, not double: the table is the daemon's largest piece of memory. */
    private void grow() {
        long[] old = table;
        capacity += capacity / 2;
        table = new long[capacity * WORDS];
        for (int from = 0; from < old.length; from += WORDS) {
            if (old[from + 5] != 0) {
                Sha256 id = new Sha256(old[from], old[from + 1], old[from + 2], old[from + 3]);
                System.arraycopy(old, from, table, slotOf(id, old[from + 4] & TREE), WORDS);
            }
        }
    }
}
