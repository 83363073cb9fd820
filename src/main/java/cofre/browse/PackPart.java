package cofre.browse;

import cofre.format.BlobPlace;
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
 * @param length of the part in bytes
 * @param blobs the blobs wanted of it, by offset
 */
record PackPart(PackId pack, long offset, int length, List<BlobPlace> blobs) {
    /** Bytes fetched for nothing rather than asking again. */
    private static final int MAX_GAP = 128 << 10;

    /** The parts that bring these blobs, none longer than {@code most} unless a single blob is. */
    static List<PackPart> plan(Collection<BlobPlace> wanted, int most) {
        Map<PackId, List<BlobPlace>> byPack = new LinkedHashMap<>();
        for (BlobPlace place : wanted) {
            byPack.computeIfAbsent(place.pack(), pack -> new ArrayList<>()).add(place);
        }
        List<PackPart> parts = new ArrayList<>();
        for (List<BlobPlace> places : byPack.values()) {
            places.sort(Comparator.comparingLong(place -> place.blob().offset()));
            int first = 0;
            for (int i = 1; i <= places.size(); i++) {
                if (i == places.size() || !joins(places.get(first), places.get(i - 1), places.get(i), most)) {
                    parts.add(of(places.subList(first, i)));
                    first = i;
                }
            }
        }
        return parts;
    }

    /** Blobs that overlap are a lie of the index: each is fetched alone, so that the one that is true can be had. */
    private static boolean joins(BlobPlace first, BlobPlace last, BlobPlace next, int most) {
        long gap = next.blob().offset() - end(last);
        return gap >= 0 && gap <= MAX_GAP && end(next) - first.blob().offset() <= most;
    }

    private static PackPart of(List<BlobPlace> places) {
        BlobPlace first = places.get(0);
        long start = first.blob().offset();
        int length = (int) (end(places.get(places.size() - 1)) - start);
        return new PackPart(first.pack(), start, length, List.copyOf(places));
    }

    private static long end(BlobPlace place) {
        return place.blob().offset() + place.blob().length();
    }
}
