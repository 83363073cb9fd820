package cofre.browse;

import cofre.format.BlobId;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Where blobs lie in segments, by the first 64 bits of their ids: what is found is compared with the whole id where it lies,
 * so two that share them only cost one its place. Open addressing in two longs and a byte a slot, at most three quarters
 * full: 23 to 45 bytes a blob. Not thread-safe.
 */
final class TreeTable {
    /** No blob lies there. */
    static final long NOWHERE = -1;

    static final byte USED = 1;
    static final byte COMPLETE = 2;

    private static final int FIRST_SLOTS = 1024;

    private long[] keys = new long[FIRST_SLOTS]; // 0 is a free slot
    private long[] places = new long[FIRST_SLOTS];
    private byte[] marks = new byte[FIRST_SLOTS];
    private int taken;

    /** The key a blob has. */
    static long key(BlobId id) {
        long key = id.hash().a();
        return key == 0 ? 1 : key;
    }

    /** Where the blob with this key lies, or {@link #NOWHERE}. */
    long find(long key) {
        int slot = slot(key);
        return keys[slot] == key ? places[slot] : NOWHERE;
    }

    /** From now on the blob lies there; {@link #NOWHERE} when it is gone. Its marks are taken off. */
    void put(long key, long place) {
        int slot = slot(key);
        if (keys[slot] != key) {
            if (place == NOWHERE) {
                return;
            }
            if (++taken > keys.length / 4 * 3) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
        }
        places[slot] = place;
        marks[slot] = 0;
    }

    boolean has(long key, byte mark) {
        int slot = slot(key);
        return keys[slot] == key && places[slot] != NOWHERE && (marks[slot] & mark) != 0;
    }

    void mark(long key, byte mark) {
        int slot = slot(key);
        if (keys[slot] == key) {
            marks[slot] |= mark;
        }
    }

    /** Takes a mark off all blobs. */
    void clear(byte mark) {
        for (int i = 0; i < marks.length; i++) {
            marks[i] &= (byte) ~mark;
        }
    }

    /** Shows the key of every blob that lies anywhere. */
    void forEach(LongConsumer each) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0 && places[i] != NOWHERE) {
                each.accept(keys[i]);
            }
        }
    }

    /** Bytes of memory it takes. */
    long memory() {
        return keys.length * (2L * Long.BYTES + 1);
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) (key ^ (key >>> 32)) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Blobs that lie nowhere are forgotten on the way. */
    private void grow() {
        TreeTable fresh = new TreeTable();
        long live = Arrays.stream(places).filter(place -> place != NOWHERE).count();
        int slots = keys.length;
        while (live > slots / 2) {
            slots *= 2;
        }
        fresh.keys = new long[slots];
        fresh.places = new long[slots];
        fresh.marks = new byte[slots];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0 && places[i] != NOWHERE) {
                int slot = fresh.slot(keys[i]);
                fresh.keys[slot] = keys[i];
                fresh.places[slot] = places[i];
                fresh.marks[slot] = marks[i];
                fresh.taken++;
            }
        }
        keys = fresh.keys;
        places = fresh.places;
        marks = fresh.marks;
        taken = fresh.taken + 1;
    }
}
