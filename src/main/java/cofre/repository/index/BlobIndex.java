package cofre.repository.index;

import cofre.format.BlobHandle;
import cofre.format.BlobPlace;
import cofre.format.BlobType;
import cofre.format.IndexFile;
import cofre.format.PackHeaderCodec;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * All blobs of a repository and where they lie. Thread-safe. Costs 64 to 96 bytes of heap a blob: about 90 MB for a
 * million. Blobs and packs can be added, never taken out: a fresh index is loaded instead.
 */
public final class BlobIndex {
    /** 256 small tables: threads rarely meet, and growing one needs little room. */
    private static final int SEGMENTS = 256;

    private final Segment[] segments = new Segment[SEGMENTS];
    private final Map<BlobHandle, List<BlobPlace>> duplicates = new ConcurrentHashMap<>();
    private final List<PackUse> packs = new ArrayList<>(); // guarded by itself, as is packNumbers
    private final Map<PackId, Integer> packNumbers = new HashMap<>();

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
    }

    /** Adds a pack with all its blobs; a pack that is there already is left as it is. */
    public void add(IndexFile.Pack pack) {
        int number = number(pack);
        if (number < 0) {
            return;
        }
        for (PackedBlob blob : pack.blobs()) {
            if (!segment(blob.blob()).add(number, blob)) {
                duplicates.computeIfAbsent(blob.blob(), b -> new ArrayList<>()).add(new BlobPlace(pack.id(), blob));
            }
        }
    }

    private int number(IndexFile.Pack pack) {
        int trees = 0;
        long bytes = 0;
        long headerBytes = 0;
        for (PackedBlob blob : pack.blobs()) {
            trees += blob.blob().type() == BlobType.TREE ? 1 : 0;
            bytes += blob.length();
            headerBytes += PackHeaderCodec.entryLength(blob);
        }
        synchronized (packs) {
            if (packNumbers.putIfAbsent(pack.id(), packs.size()) != null) {
                return -1;
            }
            packs.add(new PackUse(pack.id(), pack.blobs().size(), trees, bytes, headerBytes));
            return packs.size() - 1;
        }
    }

    /** Whether any pack is said to hold the blob. */
    public boolean contains(BlobHandle blob) {
        return segment(blob).contains(blob);
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
            segment.forEach(found -> each.accept(found.blob().blob(), located(found)));
        }
    }

    /** All packs, as they are now. */
    public List<PackUse> packs() {
        synchronized (packs) {
            return List.copyOf(packs);
        }
    }

    /** Whether the pack is in the index. */
    public boolean containsPack(PackId pack) {
        synchronized (packs) {
            return packNumbers.containsKey(pack);
        }
    }

    private BlobPlace located(Segment.Found found) {
        synchronized (packs) {
            return new BlobPlace(packs.get(found.pack()).id(), found.blob());
        }
    }

    private Segment segment(BlobHandle blob) {
        return segments[(int) (blob.id().hash().a() >>> 56)];
    }
}
