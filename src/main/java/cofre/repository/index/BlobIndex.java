package cofre.repository.index;

import cofre.format.BlobHandle;
import cofre.format.BlobPlace;
import cofre.format.BlobType;
import cofre.format.IndexFile;
import cofre.format.PackHeaderCodec;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * All blobs of a repository and where they lie. Thread-safe. Costs 64 to 96 bytes of heap a blob: about 90 MB for a
 * million. Blobs and packs can be added, never taken out: a fresh index is loaded instead.
 */
public final class BlobIndex {
    /** 256 small tables: threads rarely meet, and growing one needs little room. */
    private static final int SEGMENTS = 256;

    private final Segment[] segments = new Segment[SEGMENTS];
    /** Places beside the first; the lists are never changed, since readers hold no lock. */
    private final Map<BlobHandle, List<BlobPlace>> duplicates = new ConcurrentHashMap<>();

    private final Set<BlobHandle> lost = ConcurrentHashMap.newKeySet();
    private volatile boolean hasLost;
    private final List<PackUse> packs = new ArrayList<>(); // guarded by itself, as is packNumbers
    private final Map<PackId, Integer> packNumbers = new HashMap<>();

    private final Set<String> files = ConcurrentHashMap.newKeySet();

    /** An empty index. */
    public BlobIndex() {
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new Segment();
        }
    }

    /**
     * What the index says of one pack.
     *
     * @param id the pack
     * @param blobs number of its blobs
     * @param trees how many of them are tree blobs
     * @param bytes sum of the blobs' sealed lengths
     * @param headerBytes what its header's entries take
     */
    public record PackUse(PackId id, int blobs, int trees, long bytes, long headerBytes) {
        /** Whether it holds directories only, which are worth keeping near. */
        public boolean isMetadata() {
            return trees == blobs;
        }

        private PackUse and(PackUse more) {
            return new PackUse(
                    id, blobs + more.blobs, trees + more.trees, bytes + more.bytes, headerBytes + more.headerBytes);
        }
    }

    /** What is in this index file was added. */
    public void addFile(String name) {
        files.add(name);
    }

    /** Names of the index files it was made from. */
    public Set<String> files() {
        return Set.copyOf(files);
    }

    /**
     * Adds a pack with all its blobs. When it is there already only places not known yet are added: index files that
     * contradict each other must not hide what the honest one says.
     */
    public synchronized void add(IndexFile.Pack pack) {
        Integer known;
        int number;
        synchronized (packs) {
            number = packs.size();
            known = packNumbers.putIfAbsent(pack.id(), number);
            if (known == null) {
                packs.add(use(pack.id(), pack.blobs()));
            }
        }
        if (known != null) {
            addMissing(known, pack);
            return;
        }
        for (PackedBlob blob : pack.blobs()) {
            addPlace(number, new BlobPlace(pack.id(), blob));
        }
    }

    private void addMissing(int number, IndexFile.Pack pack) {
        List<PackedBlob> missing = new ArrayList<>();
        for (PackedBlob blob : pack.blobs()) {
            BlobPlace place = new BlobPlace(pack.id(), blob);
            if (!findAll(blob.blob()).contains(place)) {
                addPlace(number, place);
                missing.add(blob);
            }
        }
        if (!missing.isEmpty()) {
            synchronized (packs) {
                packs.set(number, packs.get(number).and(use(pack.id(), missing)));
            }
        }
    }

    private void addPlace(int number, BlobPlace place) {
        BlobHandle blob = place.blob().blob();
        if (!segment(blob).add(number, place.blob())) {
            duplicates.merge(
                    blob,
                    List.of(place),
                    (before, one) ->
                            Stream.concat(before.stream(), one.stream()).toList());
        }
        if (!lost.isEmpty()) {
            lost.remove(blob);
        }
    }

    private static PackUse use(PackId id, List<PackedBlob> blobs) {
        int trees = 0;
        long bytes = 0;
        long headerBytes = 0;
        for (PackedBlob blob : blobs) {
            trees += blob.blob().type() == BlobType.TREE ? 1 : 0;
            bytes += blob.length();
            headerBytes += PackHeaderCodec.entryLength(blob);
        }
        return new PackUse(id, blobs.size(), trees, bytes, headerBytes);
    }

    /**
     * No place this index knows gives the blob: from now on it does not {@linkplain #contains count as kept}, so that
     * whoever has its bytes saves it again, until it is added anew.
     */
    public void markLost(BlobHandle blob) {
        lost.add(blob);
        hasLost = true;
    }

    /**
     * As {@link #markLost}, of a blob that was found so earlier, which is no reason to believe less of the others: the blob
     * does not count as kept.
     */
    public void distrust(BlobHandle blob) {
        lost.add(blob);
    }

    /** Whether any blob was ever found lost. */
    public boolean hasLost() {
        return hasLost;
    }

    /** Whether any pack is said to hold the blob, and nobody has found that none does. */
    public boolean contains(BlobHandle blob) {
        return segment(blob).contains(blob) && (lost.isEmpty() || !lost.contains(blob));
    }

    /** The first known place of a blob. */
    public Optional<BlobPlace> find(BlobHandle blob) {
        Segment.Found found = segment(blob).find(blob);
        return found == null ? Optional.empty() : Optional.of(located(found));
    }

    /** All known places of a blob, the first first. */
    public List<BlobPlace> findAll(BlobHandle blob) {
        List<BlobPlace> all = new ArrayList<>();
        find(blob).ifPresent(all::add);
        all.addAll(duplicates.getOrDefault(blob, List.of()));
        return all;
    }

    /** Shows every blob once, with its first place, in no order. Blobs added meanwhile may be left out. */
    public void forEach(BiConsumer<BlobHandle, BlobPlace> each) {
        for (Segment segment : segments) {
            segment.forEach((slot, found) -> each.accept(found.blob().blob(), located(found)));
        }
    }

    /** All packs, as they are now. */
    public List<PackUse> packs() {
        synchronized (packs) {
            return List.copyOf(packs);
        }
    }

    /** The pack of that number, which is its place in {@link #packs()}. */
    public PackUse packs(int number) {
        synchronized (packs) {
            return packs.get(number);
        }
    }

    /** Whether the pack is in the index. */
    public boolean containsPack(PackId pack) {
        synchronized (packs) {
            return packNumbers.containsKey(pack);
        }
    }

    /** The pack's place in {@link #packs}, or -1 when it is not in the index. Never changes. */
    public int numberOf(PackId pack) {
        synchronized (packs) {
            return packNumbers.getOrDefault(pack, -1);
        }
    }

    /** Blobs with more than one place. */
    public Set<BlobHandle> duplicated() {
        return Collections.unmodifiableSet(duplicates.keySet());
    }

    /** An empty set of blobs of this index. It may be used until something is added to the index. */
    public BlobMarks newMarks() {
        return new BlobMarks(segments);
    }

    private BlobPlace located(Segment.Found found) {
        synchronized (packs) {
            return new BlobPlace(packs.get(found.pack()).id(), found.blob());
        }
    }

    private Segment segment(BlobHandle blob) {
        return segments[segmentNumber(blob)];
    }

    static int segmentNumber(BlobHandle blob) {
        return (int) (blob.id().hash().a() >>> 56);
    }
}
