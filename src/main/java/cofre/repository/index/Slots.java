package cofre.repository.index;

import cofre.format.Sha256;

/**
 * A hash table from blobs to the first of their {@link Places}: one int a slot, nine of ten slots in use before it grows.
 * Beside the position a slot has five bits of the id, so that few places are looked at in vain. Not thread-safe.
 */
final class Slots {
    /** Positions are below this. */
    static final int MOST = (1 << 27) - 1;

    private static final int FIRST_CAPACITY = 16;
    private static final int POSITION = MOST;

    private final Places places;
    private int[] table = new int[FIRST_CAPACITY]; // 0 for free; the position is one less than what is there
    private int size;
    private int expected; // capacity for what is said to come

    Slots(Places places) {
        this.places = places;
    }

    /** So many blobs altogether are said to come. That may be wrong: it only says how to grow. */
    void expect(int blobs) {
        expected = (int) Math.min(Integer.MAX_VALUE - 8, 1 + blobs * 10L / 9);
    }

    private static int fitting(int capacity) {
        return (int) (capacity * 9L / 10);
    }

    /** The first place of a blob, -1 when it has none. */
    int find(Sha256 id, boolean tree) {
        int tag = tag(id.b());
        for (int slot = home(id.b()); table[slot] != 0; slot = after(slot)) {
            int at = (table[slot] & POSITION) - 1;
            if ((table[slot] & ~POSITION) == tag && places.holds(at, id, tree)) {
                return at;
            }
        }
        return -1;
    }

    /** Adds a blob that is not there yet. */
    void add(int at) {
        if (size == fitting(table.length)) {
            int little =
                    table.length + Math.max(table.length / 6, FIRST_CAPACITY); // not double: what is free costs, too
            resize(Math.max(little, (int) Math.min(2L * table.length, expected)));
        }
        put(at);
        size++;
    }

    private void put(int at) {
        long bits = places.second(at);
        int slot = home(bits);
        while (table[slot] != 0) {
            slot = after(slot);
        }
        table[slot] = tag(bits) | (at + 1);
    }

    private int home(long bits) {
        return (int) (((bits >>> 32) * table.length) >>> 32);
    }

    private int after(int slot) {
        return slot + 1 == table.length ? 0 : slot + 1;
    }

    private static int tag(long bits) {
        return (int) bits & ~POSITION;
    }

    private void resize(int capacity) {
        int[] old = table;
        table = new int[capacity];
        for (int each : old) {
            if (each != 0) {
                put((each & POSITION) - 1);
            }
        }
    }
}
