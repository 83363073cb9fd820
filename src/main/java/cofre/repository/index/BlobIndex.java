package cofre.repository.index;

import cofre.format.BlobHandle;
import cofre.format.BlobPlace;
import cofre.format.BlobType;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;

/**
 * All blobs of a repository and where they lie. Thread-safe. Costs 43 bytes of heap a blob and 80 a pack: about 44 MB for a
 * million. Blobs and packs can be added, never taken out: a fresh index is loaded instead. At most some 134 million blobs.
 */
public final class BlobIndex {
    /** 256 small tables: growing one needs little room. */
    private static final int SEGMENTS = 256;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Lock reading = lock.readLock();
    private final Lock writing = lock.writeLock();
    private final Places places = new Places(); // guarded by the lock, as are the three below
    private final Slots[] slots = new Slots[SEGMENTS];
    private final Further further = new Further();
    private final PackTable packs = new PackTable();

    private final Set<BlobHandle> lost = ConcurrentHashMap.newKeySet();
    private volatile boolean hasLost;
    private final Set<String> files = ConcurrentHashMap.newKeySet();

    /** An empty index. */
    public BlobIndex() {
        for (int i = 0; i < SEGMENTS; i++) {
            slots[i] = new Slots(places);
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
    }

    /** What is in this index file was added. */
    public void addFile(String name) {
        files.add(name);
    }

    /** Names of the index files it was made from. */
    public Set<String> files() {
        return Set.copyOf(files);
    }

    /** About so many blobs are to come, if what is said is true: the tables grow towards that in few steps. */
    void expect(long blobs) {
        writing.lock();
        try {
            long all = Math.min(Places.MOST, places.size() + Math.min(Places.MOST, blobs));
            for (Slots each : slots) {
                each.expect((int) (all / SEGMENTS));
            }
        } finally {
            writing.unlock();
        }
    }

    /**
     * Adds a pack with all its blobs. When it is there already only places not known yet are added: index files that
     * contradict each other must not hide what the honest one says.
     *
     * @return the pack's number
     * @throws IllegalArgumentException when a blob of it lies beyond 4 GiB; then nothing was added
     */
    public int add(IndexFile.Pack pack) {
        pack.blobs().forEach(BlobIndex::refuseFarAway);
        writing.lock();
        try {
            int number = packs.find(pack.id());
            List<PackedBlob> added = pack.blobs();
            if (number < 0) {
                number = packs.add(pack.id());
            } else {
                added = missing(number, added);
            }
            packs.count(number, added);
            for (PackedBlob blob : byOffset(added)) {
                addPlace(number, blob);
            }
            return number;
        } finally {
            writing.unlock();
        }
    }

    /** A blob farther from its pack's beginning than any of ours or restic's cannot be kept here. */
    static void refuseFarAway(PackedBlob blob) {
        if (blob.offset() > Places.MOST_OFFSET) {
            throw new IllegalArgumentException(
                    "cannot index a blob at offset " + blob.offset() + " vs at most " + Places.MOST_OFFSET);
        }
    }

    /** What lies in order takes less room. */
    private static List<PackedBlob> byOffset(List<PackedBlob> blobs) {
        long last = 0;
        for (PackedBlob blob : blobs) {
            if (blob.offset() < last) {
                return blobs.stream()
                        .sorted(Comparator.comparingLong(PackedBlob::offset))
                        .toList();
            }
            last = blob.offset();
        }
        return blobs;
    }

    private List<PackedBlob> missing(int number, List<PackedBlob> blobs) {
        List<PackedBlob> missing = new ArrayList<>();
        for (PackedBlob blob : blobs) {
            if (placeOf(number, blob) < 0) {
                missing.add(blob);
            }
        }
        return missing;
    }

    private void addPlace(int pack, PackedBlob placed) {
        int first = first(placed.blob());
        int place = places.add(pack, placed);
        if (first < 0) {
            slots[segment(placed.blob())].add(place);
        } else {
            further.add(first, place);
        }
        if (!lost.isEmpty()) {
            lost.remove(placed.blob());
        }
    }

    /** The position of this very place, -1 when it is not known. */
    private int placeOf(int pack, PackedBlob placed) {
        int first = first(placed.blob());
        if (first < 0 || isAt(first, pack, placed)) {
            return first;
        }
        for (int place : further.of(first)) {
            if (isAt(place, pack, placed)) {
                return place;
            }
        }
        return -1;
    }

    private boolean isAt(int place, int pack, PackedBlob placed) {
        return places.pack(place) == pack && places.blob(place).equals(placed);
    }

    private int first(BlobHandle blob) {
        return slots[segment(blob)].find(blob.id().hash(), blob.type() == BlobType.TREE);
    }

    private static int segment(BlobHandle blob) {
        return (int) (blob.id().hash().a() >>> 56);
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
        return position(blob) >= 0 && (lost.isEmpty() || !lost.contains(blob));
    }

    /** The position of the blob's first place, which never changes; -1 when it is not in the index. */
    int position(BlobHandle blob) {
        reading.lock();
        try {
            return first(blob);
        } finally {
            reading.unlock();
        }
    }

    /** The position of this very place, which never changes; -1 when it is not in the index. */
    public int positionOf(BlobPlace place) {
        reading.lock();
        try {
            int pack = packs.find(place.pack());
            return pack < 0 ? -1 : placeOf(pack, place.blob());
        } finally {
            reading.unlock();
        }
    }

    /** The first known place of a blob. */
    public Optional<BlobPlace> find(BlobHandle blob) {
        reading.lock();
        try {
            int first = first(blob);
            return first < 0 ? Optional.empty() : Optional.of(place(first));
        } finally {
            reading.unlock();
        }
    }

    /** All known places of a blob, the first first. */
    public List<BlobPlace> findAll(BlobHandle blob) {
        reading.lock();
        try {
            int first = first(blob);
            if (first < 0) {
                return List.of();
            }
            List<BlobPlace> all = new ArrayList<>(1);
            all.add(place(first));
            for (int place : further.of(first)) {
                all.add(place(place));
            }
            return all;
        } finally {
            reading.unlock();
        }
    }

    private BlobPlace place(int at) {
        return new BlobPlace(packs.id(places.pack(at)), places.blob(at));
    }

    /** Shows every blob once, with its first place, in no order. Until it ends nothing can be added. */
    public void forEach(BiConsumer<BlobHandle, BlobPlace> each) {
        visit((at, pack, blob, several) -> each.accept(blob.blob(), new BlobPlace(packs.id(pack), blob)));
    }

    /** The same, with positions, and whether the blob has several places. */
    void visit(Visitor visitor) {
        reading.lock();
        try {
            places.forEach((at, pack, blob) -> {
                if (!further.isFurther(at)) {
                    visitor.visit(at, pack, blob, further.hasMore(at));
                }
            });
        } finally {
            reading.unlock();
        }
    }

    /** Sees every blob by its first place. */
    interface Visitor {
        void visit(int at, int pack, PackedBlob blob, boolean several);
    }

    /** All packs there are now. Made as they are looked at. */
    public List<PackUse> packs() {
        reading.lock();
        try {
            int size = packs.size();
            return new AbstractList<>() {
                @Override
                public PackUse get(int number) {
                    return packs(number);
                }

                @Override
                public int size() {
                    return size;
                }
            };
        } finally {
            reading.unlock();
        }
    }

    /** The pack of that number, which is its place in {@link #packs()}. */
    public PackUse packs(int number) {
        reading.lock();
        try {
            if (number < 0 || number >= packs.size()) {
                throw new IndexOutOfBoundsException("cannot find pack " + number + " vs 0 to " + (packs.size() - 1));
            }
            return packs.use(number);
        } finally {
            reading.unlock();
        }
    }

    /** Whether the pack is in the index. */
    public boolean containsPack(PackId pack) {
        return numberOf(pack) >= 0;
    }

    /** The pack's place in {@link #packs}, or -1 when it is not in the index. Never changes. */
    public int numberOf(PackId pack) {
        reading.lock();
        try {
            return packs.find(pack);
        } finally {
            reading.unlock();
        }
    }

    /** Blobs with more than one place, by id. */
    public List<BlobHandle> duplicated() {
        List<BlobHandle> all = new ArrayList<>();
        reading.lock();
        try {
            further.forEach(first -> all.add(places.blob(first).blob()));
        } finally {
            reading.unlock();
        }
        all.sort(Comparator.comparing((BlobHandle blob) -> blob.id().hash()).thenComparing(BlobHandle::type));
        return all;
    }

    /** An empty set of blobs of this index. */
    public BlobMarks newMarks() {
        return new BlobMarks(this);
    }
}
