package cofre.repository.prune;

import cofre.format.BlobHandle;
import cofre.format.BlobPlace;
import cofre.format.PackHeaderCodec;
import cofre.format.PackedBlob;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.BlobIndex.PackUse;
import cofre.repository.index.BlobMarks;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts for each pack what of it is used, and chooses which copy of a blob that has several is kept: one in a pack with
 * little that nobody needs, and of those one in a pack that stays anyway. Some 30 bytes a pack and a bit for each place of a
 * blob. For one thread.
 */
public final class PackTally {
    private final List<PackUse> packs;
    private final BlobIndex index;
    private final BlobMarks marks;
    private final long[] stored;
    private final int[] usedBlobs;
    private final long[] usedBytes;
    private final long[] deadBytes;
    private final BitSet uncompressed = new BitSet();
    private final BitSet kept = new BitSet(); // positions of the copies chosen

    /**
     * Counts.
     *
     * @param marks what is used
     * @param stored by number of the pack, its bytes on the store; -1 when it is not there
     */
    public PackTally(BlobIndex index, BlobMarks marks, long[] stored) {
        this.index = index;
        this.marks = marks;
        this.packs = index.packs();
        this.stored = stored.clone();
        this.usedBlobs = new int[packs.size()];
        this.usedBytes = new long[packs.size()];
        this.deadBytes = new long[packs.size()];
        marks.forEach((pack, blob, marked, several) -> {
            if (!marked) {
                deadBytes[pack] += size(blob);
            } else if (!several) {
                count(pack, blob);
            }
        });
        index.duplicated().forEach(this::chooseKept);
    }

    private static long size(PackedBlob blob) {
        return (long) blob.length() + PackHeaderCodec.entryLength(blob);
    }

    private void count(int pack, PackedBlob blob) {
        usedBlobs[pack]++;
        usedBytes[pack] += size(blob);
        if (!blob.isCompressed() && blob.plainLength() > 0) {
            uncompressed.set(pack);
        }
    }

    private void chooseKept(BlobHandle blob) {
        List<BlobPlace> places = index.findAll(blob);
        if (marks.isMarked(blob)) {
            Comparator<BlobPlace> best = Comparator.comparing((BlobPlace place) -> !isSound(number(place)))
                    .thenComparingDouble(place -> share(deadBytes, number(place)))
                    .thenComparing(place -> -share(usedBytes, number(place)))
                    .thenComparing(place -> place.pack().hex())
                    .thenComparing(place -> place.blob().offset());
            BlobPlace one = places.stream().min(best).orElseThrow();
            kept.set(index.positionOf(one));
            count(number(one), one.blob());
        } else {
            places.stream().skip(1).forEach(place -> deadBytes[number(place)] += size(place.blob()));
        }
    }

    private int number(BlobPlace place) {
        return index.numberOf(place.pack());
    }

    private boolean isSound(int pack) {
        return stored[pack] == listed(pack);
    }

    private long listed(int pack) {
        return packs.get(pack).bytes() + packs.get(pack).headerBytes() + PackFacts.OVERHEAD;
    }

    private double share(long[] bytes, int pack) {
        return (double) bytes[pack] / listed(pack);
    }

    /** The facts of every pack, made as they are asked for. */
    public Iterable<PackFacts> facts() {
        return () -> facts(IntStream.range(0, packs.size()).iterator());
    }

    private Iterator<PackFacts> facts(Iterator<Integer> numbers) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return numbers.hasNext();
            }

            @Override
            public PackFacts next() {
                return factsOf(numbers.next());
            }
        };
    }

    private PackFacts factsOf(int pack) {
        PackUse use = packs.get(pack);
        PackFacts.Kind kind =
                use.trees() == 0 ? PackFacts.Kind.DATA : use.isMetadata() ? PackFacts.Kind.TREES : PackFacts.Kind.MIXED;
        return new PackFacts(
                use.id(),
                kind,
                stored[pack],
                listed(pack),
                use.blobs(),
                usedBlobs[pack],
                usedBytes[pack],
                uncompressed.get(pack));
    }

    /** Whether the blob is used and this is the copy that is kept. */
    public boolean isKept(BlobPlace place) {
        return marks.isMarked(place.blob().blob())
                && (kept.get(index.positionOf(place))
                        || index.findAll(place.blob().blob()).size() == 1);
    }

    /** Used blobs with several copies. */
    public List<BlobHandle> severalCopies() {
        return index.duplicated().stream().filter(marks::isMarked).toList();
    }
}
