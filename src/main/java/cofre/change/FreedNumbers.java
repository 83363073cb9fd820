package cofre.change;

import java.util.Map;
import java.util.TreeMap;

/**
 * Ranges of object numbers that are free now, joined, up to a number of them. Those for which there is no room are dropped:
 * objects that are gone are also missed in their directories, which are listed. For one thread.
 */
final class FreedNumbers {
    private final int maxRanges;
    /** From first to the first behind, neither overlapping nor touching. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    FreedNumbers(int maxRanges) {
        this.maxRanges = maxRanges;
    }

    void add(long first, long count) {
        long start = Math.max(first, 0);
        long end = first > Long.MAX_VALUE - count ? Long.MAX_VALUE : first + count;
        Map.Entry<Long, Long> before = ranges.floorEntry(start);
        if (before != null && before.getValue() >= start) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        Map.Entry<Long, Long> next = ranges.ceilingEntry(start);
        while (next != null && next.getKey() <= end) {
            end = Math.max(end, next.getValue());
            ranges.remove(next.getKey());
            next = ranges.ceilingEntry(start);
        }
        if (end > start && ranges.size() < maxRanges) {
            ranges.put(start, end);
        }
    }

    void forEach(Changes.RangeVisitor visitor) throws CatalogueException {
        for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            visitor.visit(range.getKey(), range.getValue() - range.getKey());
        }
    }
}
