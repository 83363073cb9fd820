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
import java.util.Arrays;
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

    private final BlobIndex index;
    private final Backend store;
    private final UnpackedSeal seal;
    /** By file, what it names: in each long the number of a pack above and how many blobs of it below. Guarded by this. */
    private final Map<String, long[]> files = new TreeMap<>();

    private final Set<String> written = new HashSet<>();

    /** Files of {@code store} that are loaded into {@code index}. */
    public IndexFiles(BlobIndex index, Backend store, UnpackedSeal seal) {
        this.index = index;
        this.store = store;
        this.seal = seal;
    }

    @Override
    public synchronized void loaded(String name, long[] listing) {
        files.put(name, listing);
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

    private static boolean isTouched(long[] listing, BitSet gone) {
        return Arrays.stream(listing).anyMatch(named -> gone.get(pack(named)));
    }

    private static boolean isCovered(long[] listing, BitSet covered) {
        return Arrays.stream(listing).allMatch(named -> covered.get(pack(named)));
    }

    private static void cover(long[] listing, BitSet covered, List<BlobIndex.PackUse> packs) {
        for (long named : listing) {
            if ((int) named == packs.get(pack(named)).blobs()) {
                covered.set(pack(named));
            }
        }
    }

    private static int pack(long named) {
        return (int) (named >>> 32);
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
