package cofre.repository.prune;

import cofre.format.FormatException;
import cofre.format.IndexCodec;
import cofre.format.IndexFile;
import cofre.format.Sha256;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.IndexLoader;
import cofre.seal.SealException;
import cofre.seal.UnpackedKind;
import cofre.seal.UnpackedSeal;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Knows which index file names which packs, and writes anew what is left of files once packs are dropped. Deletes nothing:
 * old and new files side by side say the same and more. Eight bytes for each pack a file names.
 */
public final class IndexFiles implements IndexLoader.Listener {
    private static final int FULL = 50_000; // blobs in a file, as the writer of new ones

    private static final long MAX_STORED = 256L << 20;

    /** What a file names: numbers of packs, and how many blobs of each. */
    private record Listing(int[] packs, int[] blobs) {}

    private final BlobIndex index;
    private final Backend store;
    private final UnpackedSeal seal;
    private final Map<String, Listing> files = new TreeMap<>(); // guarded by this
    private final Set<String> written = new HashSet<>();

    /** Files of {@code store} that are loaded into {@code index}. */
    public IndexFiles(BlobIndex index, Backend store, UnpackedSeal seal) {
        this.index = index;
        this.store = store;
        this.seal = seal;
    }

    @Override
    public void loaded(String name, IndexFile content) {
        int[] packs = new int[content.packs().size()];
        int[] blobs = new int[packs.length];
        for (int i = 0; i < packs.length; i++) {
            packs[i] = index.numberOf(content.packs().get(i).id());
            blobs[i] = content.packs().get(i).blobs().size();
        }
        synchronized (this) {
            files.put(name, new Listing(packs, blobs));
        }
    }

    /** Names of all files loaded or written. */
    public synchronized Set<String> names() {
        Set<String> names = new TreeSet<>(files.keySet());
        names.addAll(written);
        return names;
    }

    /** These were written by ourselves. */
    public synchronized void addWritten(Set<String> names) {
        written.addAll(names);
    }

    /**
     * Writes files for what is left of those that name a pack of {@code gone} (or nothing that others do not name), each
     * pack once.
     *
     * @return the old files: all of them but the packs gone is named by others now
     */
    public synchronized Set<String> replace(BitSet gone) throws BackendException {
        BitSet covered = new BitSet(); // named with all their blobs by a file that stays
        Set<String> old = new TreeSet<>();
        List<BlobIndex.PackUse> packs = index.packs();
        files.forEach((name, listing) -> {
            if (isTouched(listing, gone) || isCovered(listing, covered)) {
                old.add(name);
            } else {
                cover(listing, covered, packs);
            }
        });
        Set<String> replaced = new TreeSet<>();
        Batch batch = new Batch();
        for (String name : old) {
            IndexFile content = read(name);
            if (content != null) {
                for (IndexFile.Pack pack : content.packs()) {
                    int number = index.numberOf(pack.id());
                    if (!gone.get(number) && !covered.get(number)) {
                        covered.set(
                                number, pack.blobs().size() == packs.get(number).blobs());
                        batch.add(pack);
                    }
                }
                replaced.add(name);
            }
        }
        batch.write();
        return replaced;
    }

    private static boolean isTouched(Listing listing, BitSet gone) {
        for (int pack : listing.packs()) {
            if (gone.get(pack)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCovered(Listing listing, BitSet covered) {
        for (int pack : listing.packs()) {
            if (!covered.get(pack)) {
                return false;
            }
        }
        return true;
    }

    private static void cover(Listing listing, BitSet covered, List<BlobIndex.PackUse> packs) {
        for (int i = 0; i < listing.packs().length; i++) {
            int pack = listing.packs()[i];
            if (listing.blobs()[i] == packs.get(pack).blobs()) {
                covered.set(pack);
            }
        }
    }

    /** Null when it cannot be read any more: then it stays, and what it names stays named. */
    private IndexFile read(String name) throws BackendException {
        try {
            byte[] sealed = store.get(new FileHandle(FileType.INDEX, name), MAX_STORED);
            return IndexCodec.decode(seal.open(UnpackedKind.INDEX, Sha256.parse(name), sealed));
        } catch (FormatException | SealException | BackendException.Corrupt | BackendException.NotFound e) {
            return null;
        }
    }

    /** Names these packs in a file of their own. */
    public synchronized void writeNow(List<IndexFile.Pack> packs) throws BackendException {
        Batch batch = new Batch();
        for (IndexFile.Pack pack : packs) {
            batch.add(pack);
        }
        batch.write();
    }

    private final class Batch {
        private List<IndexFile.Pack> packs = new ArrayList<>();
        private int blobs;

        void add(IndexFile.Pack pack) throws BackendException {
            packs.add(pack);
            blobs += pack.blobs().size();
            if (blobs >= FULL) {
                write();
            }
        }

        void write() throws BackendException {
            if (!packs.isEmpty()) {
                UnpackedSeal.Stored file = seal.seal(IndexCodec.encode(new IndexFile(packs)));
                store.put(new FileHandle(FileType.INDEX, file.name().hex()), Payload.of(file.bytes()));
                written.add(file.name().hex());
                packs = new ArrayList<>();
                blobs = 0;
            }
        }
    }
}
