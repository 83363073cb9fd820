package cofre.repository;

import cofre.format.BlobHandle;
import cofre.format.BlobPlace;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.index.BlobIndex;
import cofre.storage.BackendException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Which packs are to leave the index, and what may keep them from it. For one thread. */
final class PruneLeaving {
    private final PruneScan scan;
    private final BlobIndex fresh;
    private final Progress progress;
    private final BitSet gone = new BitSet();
    private final List<String> refused = new ArrayList<>();

    /** @param fresh where copies are */
    PruneLeaving(PruneScan scan, BlobIndex fresh, Progress progress) {
        this.scan = scan;
        this.fresh = fresh;
        this.progress = progress;
    }

    /** Their numbers; may be added to. */
    BitSet packs() {
        return gone;
    }

    /** Packs that stay as something is wrong with them, a sentence each. */
    List<String> refused() {
        return refused;
    }

    /** Whether the index says of the pack just what it says of itself. */
    boolean agrees(IndexFile.Pack header) {
        int number = scan.index().numberOf(header.id());
        if (scan.index().packs(number).blobs() != header.blobs().size()) {
            return false;
        }
        for (PackedBlob blob : header.blobs()) {
            if (!scan.index().findAll(blob.blob()).contains(new BlobPlace(header.id(), blob))) {
                return false;
            }
        }
        return true;
    }

    /** The pack stays as it is. */
    void refuse(PackId pack, String reason) {
        gone.clear(Math.max(0, scan.index().numberOf(pack)));
        String sentence = "pack " + pack.hex() + " is left as it is: " + reason + "; run cofre check with data";
        refused.add(sentence);
        progress.message(Level.WARNING, sentence);
    }

    /** Of a blob with several copies only a copy that was read and hashed lets the others go. */
    void verifyStaying() throws BackendException {
        for (BlobHandle blob : scan.tally().severalCopies()) {
            List<BlobPlace> going = new ArrayList<>();
            List<BlobPlace> staying = new ArrayList<>();
            for (BlobPlace place : scan.index().findAll(blob)) {
                (isGone(place) ? going : staying).add(place);
            }
            if (!going.isEmpty() && !fresh.contains(blob) && !isAnySound(staying)) {
                going.forEach(place -> refuse(place.pack(), "it may hold the only sound copy of " + blob));
            }
        }
    }

    private boolean isGone(BlobPlace place) {
        return gone.get(scan.index().numberOf(place.pack()));
    }

    private boolean isAnySound(List<BlobPlace> places) throws BackendException {
        for (BlobPlace place : places) {
            if (scan.directReader().isSound(place)) {
                return true;
            }
        }
        return false;
    }

    /** Somebody relies on blobs again that were to go: their packs stay, and are given to be named by an index anew. */
    List<IndexFile.Pack> spare(Set<BlobHandle> nowUsed) throws BackendException, RepositoryException {
        List<IndexFile.Pack> spared = new ArrayList<>();
        for (BlobHandle blob : nowUsed) {
            for (BlobPlace place :
                    fresh.contains(blob) ? List.<BlobPlace>of() : scan.index().findAll(blob)) {
                if (isGone(place)) {
                    gone.clear(scan.index().numberOf(place.pack()));
                    spared.add(scan.headers()
                            .read(place.pack())
                            .filter(this::agrees)
                            .orElseThrow(() -> scan.refusal("a restore point made meanwhile needs " + blob + " of pack "
                                    + place.pack() + ", which is not sound")));
                }
            }
        }
        return spared;
    }
}
