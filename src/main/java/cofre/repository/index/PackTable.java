package cofre.repository.index;

import cofre.format.BlobType;
import cofre.format.PackHeaderCodec;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import cofre.repository.index.BlobIndex.PackUse;
import java.util.List;

/** All packs of an index by number, with what it says of each: some 65 bytes a pack and no objects. Not thread-safe. */
final class PackTable {
    private static final int FIRST_CAPACITY = 64;

    private final PagedLongs ids = new PagedLongs(); // four for each pack
    private final PagedLongs bytes = new PagedLongs();
    private final PagedInts blobs = new PagedInts();
    private final PagedInts trees = new PagedInts();
    private final PagedInts headers = new PagedInts();
    private int[] slots = new int[FIRST_CAPACITY]; // 0 for free, or a number and 1
    private int size;

    /** How many there are. */
    int size() {
        return size;
    }

    /** The pack's number, -1 when it is not there. */
    int find(PackId pack) {
        return slots[slot(pack.hash())] - 1;
    }

    /** Adds a pack of which nothing is known yet; gives its number. */
    int add(PackId pack) {
        if (4L * (size + 1) > 3L * slots.length) {
            grow();
        }
        Sha256 id = pack.hash();
        ids.set(4 * size, id.a());
        ids.set(4 * size + 1, id.b());
        ids.set(4 * size + 2, id.c());
        ids.set(4 * size + 3, id.d());
        bytes.set(size, 0);
        blobs.set(size, 0);
        trees.set(size, 0);
        headers.set(size, 0);
        slots[slot(id)] = size + 1;
        return size++;
    }

    /** These blobs are in the pack, too. */
    void count(int pack, List<PackedBlob> more) {
        long length = 0;
        int dirs = 0;
        int header = 0;
        for (PackedBlob blob : more) {
            length += blob.length();
            dirs += blob.blob().type() == BlobType.TREE ? 1 : 0;
            header += PackHeaderCodec.entryLength(blob);
        }
        bytes.set(pack, bytes.get(pack) + length);
        blobs.set(pack, blobs.get(pack) + more.size());
        trees.set(pack, trees.get(pack) + dirs);
        headers.set(pack, headers.get(pack) + header);
    }

    /** The pack of this number. */
    PackId id(int pack) {
        return new PackId(
                new Sha256(ids.get(4 * pack), ids.get(4 * pack + 1), ids.get(4 * pack + 2), ids.get(4 * pack + 3)));
    }

    /** What is known of it. */
    PackUse use(int pack) {
        return new PackUse(id(pack), blobs.get(pack), trees.get(pack), bytes.get(pack), headers.get(pack));
    }

    private int slot(Sha256 id) {
        int slot = (int) (((id.b() >>> 32) * slots.length) >>> 32);
        while (slots[slot] != 0 && !isAt(slots[slot] - 1, id)) {
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        return slot;
    }

    private boolean isAt(int pack, Sha256 id) {
        return ids.get(4 * pack) == id.a()
                && ids.get(4 * pack + 1) == id.b()
                && ids.get(4 * pack + 2) == id.c()
                && ids.get(4 * pack + 3) == id.d();
    }

    private void grow() {
        slots = new int[2 * slots.length];
        for (int pack = 0; pack < size; pack++) {
            slots[slot(id(pack).hash())] = pack + 1;
        }
    }
}
