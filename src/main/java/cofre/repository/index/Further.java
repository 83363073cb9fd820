package cofre.repository.index;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;

/** Of blobs with several places, those beside the first: some 20 bytes each. Not thread-safe. */
final class Further {
    private static final int FIRST_CAPACITY = 16;

    private int[] keys = new int[FIRST_CAPACITY]; // 0 for free, or a first place and 1
    private int[] newest = new int[FIRST_CAPACITY]; // number of the newest link of its chain
    private int used;
    private final PagedInts links = new PagedInts(); // a place, and the number of the link before it or -1
    private int count;
    private final BitSet all = new BitSet();

    /** One more place of the blob whose first place is {@code first}. */
    void add(int first, int place) {
        if (2 * (used + 1) > keys.length) {
            grow();
        }
        int slot = slot(first);
        boolean isNew = keys[slot] == 0;
        links.set(2 * count, place);
        links.set(2 * count + 1, isNew ? -1 : newest[slot]);
        used += isNew ? 1 : 0;
        keys[slot] = first + 1;
        newest[slot] = count++;
        all.set(place);
    }

    /** Whether this is a place beside the first of its blob. */
    boolean isFurther(int place) {
        return all.get(place);
    }

    /** Whether the blob whose first place this is has others. */
    boolean hasMore(int first) {
        return count > 0 && keys[slot(first)] != 0;
    }

    /** The places beside the first, in the order in which they were added. */
    int[] of(int first) {
        if (!hasMore(first)) {
            return new int[0];
        }
        int[] places = new int[4];
        int n = 0;
        for (int link = newest[slot(first)]; link >= 0; link = links.get(2 * link + 1)) {
            places = n == places.length ? Arrays.copyOf(places, 2 * n) : places;
            places[n++] = links.get(2 * link);
        }
        for (int i = 0; i < n / 2; i++) {
            int one = places[i];
            places[i] = places[n - 1 - i];
            places[n - 1 - i] = one;
        }
        return Arrays.copyOf(places, n);
    }

    /** All first places of blobs that have others, in no order. */
    void forEach(IntConsumer each) {
        for (int key : keys) {
            if (key != 0) {
                each.accept(key - 1);
            }
        }
    }

    private int slot(int first) {
        int slot = (int) ((((first * 0x9E37_79B9L) & 0xffff_ffffL) * keys.length) >>> 32);
        while (keys[slot] != 0 && keys[slot] != first + 1) {
            slot = slot + 1 == keys.length ? 0 : slot + 1;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldNewest = newest;
        keys = new int[2 * oldKeys.length];
        newest = new int[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i] - 1);
                keys[slot] = oldKeys[i];
                newest[slot] = oldNewest[i];
            }
        }
    }
}
