package cofre.change;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The parents strangers remember. Objects made together are numbered together and mostly have one parent, so while numbers
 * ascend only the changes of parent are kept. Beyond a number of entries parents are not known. For one thread.
 */
final class RememberedParents {
    private final int maxEntries;
    private long[] objects = new long[16];
    private long[] parents = new long[16];
    private int used;
    private long last = -1;
    /** Those told out of order. */
    private final Map<Long, Long> outOfOrder = new HashMap<>();
    /** Those for which there was no room. */
    private final ObjectSet forgotten = new ObjectSet();

    RememberedParents(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    void put(long object, long parent) {
        if (object <= last) {
            putOutOfOrder(object, parent);
            return;
        }
        last = object;
        if (used > 0 && parents[used - 1] == parent) {
            return;
        }
        if (used >= maxEntries) {
            forgotten.add(object);
            return;
        }
        if (used == objects.length) {
            int room = Math.min(maxEntries, used * 2);
            objects = Arrays.copyOf(objects, room);
            parents = Arrays.copyOf(parents, room);
        }
        objects[used] = object;
        parents[used++] = parent;
    }

    /** What was put for an object; whatever for one that never was. Empty when it could not be kept. */
    OptionalLong of(long object) {
        if (forgotten.contains(object)) {
            return OptionalLong.empty();
        }
        Long own = outOfOrder.get(object);
        if (own != null) {
            return OptionalLong.of(own);
        }
        int at = Arrays.binarySearch(objects, 0, used, object);
        int run = at >= 0 ? at : -at - 2;
        return run < 0 ? OptionalLong.empty() : OptionalLong.of(parents[run]);
    }

    private void putOutOfOrder(long object, long parent) {
        // A HashMap's entry takes some ten times as much as one of a run.
        if (outOfOrder.size() >= maxEntries / 10) {
            forgotten.add(object);
        } else {
            outOfOrder.put(object, parent);
        }
    }
}
