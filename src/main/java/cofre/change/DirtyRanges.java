package cofre.change;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The parts of a file's content that may differ from before; what lies outside of them is the same, byte for byte. Immutable. */
public final class DirtyRanges {
    /** None of the content changed. */
    static final DirtyRanges NOTHING = new DirtyRanges(List.of());
    /** Any of it may have. */
    static final DirtyRanges EVERYTHING = new DirtyRanges(List.of(new Range(0, Long.MAX_VALUE)));

    private final List<Range> ranges;

    /**
     * A part of a file.
     *
     * @param offset first byte
     * @param length at least 1; reaches to {@link Long#MAX_VALUE} at most
     */
    public record Range(long offset, long length) implements Comparable<Range> {
        /** The first byte behind it. */
        public long end() {
            return offset + length;
        }

        @Override
        public int compareTo(Range other) {
            return Long.compare(offset, other.offset);
        }
    }

    private DirtyRanges(List<Range> ranges) {
        this.ranges = ranges;
    }

    /** These, in any order; they may overlap. */
    static DirtyRanges of(List<Range> any) {
        List<Range> sorted = new ArrayList<>(any);
        Collections.sort(sorted);
        List<Range> joined = new ArrayList<>();
        for (Range range : sorted) {
            Range last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && range.offset <= last.end()) {
                long end = Math.max(last.end(), range.end());
                joined.set(joined.size() - 1, new Range(last.offset, end - last.offset));
            } else {
                joined.add(range);
            }
        }
        return new DirtyRanges(List.copyOf(joined));
    }

    /** The parts of a file that is {@code size} bytes long now: ascending, and neither overlapping nor touching. */
    public List<Range> clip(long size) {
        List<Range> clipped = new ArrayList<>();
        for (Range range : ranges) {
            if (range.offset < size) {
                clipped.add(new Range(range.offset, Math.min(range.end(), size) - range.offset));
            }
        }
        return clipped;
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
