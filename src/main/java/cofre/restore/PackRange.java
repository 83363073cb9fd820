package cofre.restore;

import cofre.format.PackId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a pack that is fetched with one request.
 *
 * @param pack the pack
 * @param offset of the part from the pack's start
 * @param length of the part, bytes
 * @param blobs those wanted of it, by offset
 */
record PackRange(PackId pack, long offset, int length, List<Wanted> blobs) {
    /** Large enough that a request's latency counts little, small enough that one per thread fits the heap. */
    private static final int MAX_LENGTH = 8 << 20;

    /** Bytes fetched for nothing rather than asking again: what a fast line brings in some milliseconds. */
    private static final int MAX_GAP = 128 << 10;

    /**
     * The requests that bring all the blobs: packs in the order in which they are first needed, so that files are finished
     * about in the order they came, and few are open at a time. A blob longer than a part may be is a part of its own.
     */
    static List<PackRange> plan(Collection<Wanted> wanted) {
        Map<PackId, List<Wanted>> byPack = new LinkedHashMap<>();
        for (Wanted blob : wanted) {
            byPack.computeIfAbsent(blob.place().pack(), pack -> new ArrayList<>())
                    .add(blob);
        }
        List<PackRange> ranges = new ArrayList<>();
        byPack.forEach((pack, blobs) -> split(pack, blobs, ranges));
        return ranges;
    }

    private static void split(PackId pack, List<Wanted> blobs, List<PackRange> ranges) {
        blobs.sort(Comparator.comparingLong(blob -> blob.blob().offset()));
        int first = 0;
        for (int i = 1; i <= blobs.size(); i++) {
            if (i == blobs.size() || !joins(blobs.get(first), blobs.get(i - 1), blobs.get(i))) {
                long start = blobs.get(first).blob().offset();
                int length = (int) (end(blobs.get(i - 1)) - start);
                ranges.add(new PackRange(pack, start, length, List.copyOf(blobs.subList(first, i))));
                first = i;
            }
        }
    }

    /** Blobs that overlap are a lie of the index: each is fetched alone, so that the one that is true can be had. */
    private static boolean joins(Wanted first, Wanted last, Wanted next) {
        long gap = next.blob().offset() - end(last);
        return gap >= 0 && gap <= MAX_GAP && end(next) - first.blob().offset() <= MAX_LENGTH;
    }

    private static long end(Wanted blob) {
        return blob.blob().offset() + blob.blob().length();
    }
}
