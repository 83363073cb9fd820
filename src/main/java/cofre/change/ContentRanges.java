package cofre.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which ranges of which objects were written, up to a number of ranges in all; an object for which there is no more room
 * counts as written all over. For one thread.
 */
final class ContentRanges {
    private final int maxRanges;
    private final Map<Long, Written> written = new HashMap<>();
    private final ObjectSet everything = new ObjectSet();
    private int count;

    ContentRanges(int maxRanges) {
        this.maxRanges = maxRanges;
    }

    /** One more, at least 1 long; one that reaches to the end of all numbers has no end. */
    void add(long object, long offset, long length) {
        if (everything.contains(object)) {
            return;
        }
        Written ranges = written.get(object);
        if (ranges != null && ranges.extend(offset, length)) {
            return;
        }
        if (count >= maxRanges) {
            everything.add(object);
            count -= ranges == null ? 0 : ranges.size();
            written.remove(object);
            return;
        }
        if (ranges == null) {
            ranges = new Written();
            written.put(object, ranges);
        }
        ranges.add(offset, length);
        count++;
    }

    DirtyRanges of(long object) {
        if (everything.contains(object)) {
            return DirtyRanges.EVERYTHING;
        }
        Written ranges = written.get(object);
        return ranges == null ? DirtyRanges.NOTHING : ranges.all();
    }

    /** One object's ranges as pairs of offset and length, as most have one or two. */
    private static final class Written {
        private long[] pairs = new long[2];
        private int used;

        int size() {
            return used / 2;
        }

        /** Makes the last one longer if this one overlaps or touches it from behind: streams tell in ascending order. */
        boolean extend(long offset, long length) {
            if (used == 0) {
                return false;
            }
            long start = pairs[used - 2];
            long end = start + pairs[used - 1];
            if (offset < start || offset > end) {
                return false;
            }
            pairs[used - 1] = Math.max(end, endOf(offset, length)) - start;
            return true;
        }

        void add(long offset, long length) {
            if (used == pairs.length) {
                pairs = Arrays.copyOf(pairs, used * 2);
            }
            pairs[used++] = offset;
            pairs[used++] = endOf(offset, length) - offset;
        }

        DirtyRanges all() {
            List<DirtyRanges.Range> ranges = new ArrayList<>(size());
            for (int i = 0; i < used; i += 2) {
                ranges.add(new DirtyRanges.Range(pairs[i], pairs[i + 1]));
            }
            return DirtyRanges.of(ranges);
        }

        private static long endOf(long offset, long length) {
            return length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
        }
    }
}
