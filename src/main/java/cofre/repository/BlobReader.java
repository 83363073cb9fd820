package cofre.repository;

import cofre.format.BadCopy;
import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.format.FormatException;
import cofre.format.PackedBlob;
import cofre.format.Tree;
import cofre.format.TreeCodec;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.Trees;
import cofre.seal.BlobSeal;
import cofre.seal.SealException;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads blobs. Nothing a store says is believed: a blob is given only when its seal and its hash are right; when one place
 * it is said to lie in fails, the others are tried. Thread-safe.
 */
public final class BlobReader {
    private static final Logger LOG = LoggerFactory.getLogger(BlobReader.class);

    /** The largest blob there may be, and what sealing and a frame that saves nothing add to it. */
    private static final int MAX_SEALED = BlobSeal.MAX_TREE + BlobSeal.MAX_TREE / 128 + 4096;

    private final BlobIndex index;
    private final Backend backend;
    private final BlobSeal seal;
    private final Consumer<BadCopy> whenBad;

    BlobReader(BlobIndex index, Backend backend, BlobSeal seal) {
        this(index, backend, seal, copy -> {});
    }

    /** @param whenBad gets each copy that does not give its blob */
    BlobReader(BlobIndex index, Backend backend, BlobSeal seal, Consumer<BadCopy> whenBad) {
        this.index = index;
        this.backend = backend;
        this.seal = seal;
        this.whenBad = whenBad;
    }

    /** Where a blob lies, as the index says; empty when the repository does not have it. */
    public Optional<BlobPlace> locate(BlobHandle blob) {
        return index.find(blob);
    }

    /**
     * The blob's plain bytes.
     *
     * @throws RepositoryException.Damaged when no place it is said to lie in gives them; from then on the index does not
     *     count it as kept, so that the next run saves it again if it can
     */
    public byte[] read(BlobHandle blob) throws BackendException, RepositoryException {
        List<BlobPlace> places = index.findAll(blob);
        if (places.isEmpty()) {
            index.markLost(blob);
            whenBad.accept(new BadCopy(blob, Optional.empty()));
            throw new RepositoryException.Damaged(
                    "cannot read " + blob + ": it is in no index; run cofre check to see what it belongs to", null);
        }
        RepositoryException.Damaged last = null;
        for (BlobPlace place : places) {
            try {
                return readAt(place);
            } catch (RepositoryException.Damaged e) {
                last = e;
                whenBad.accept(new BadCopy(blob, Optional.of(place.pack())));
            }
        }
        index.markLost(blob);
        throw last;
    }

    /** Whether a blob was found lost since the index was loaded. */
    public boolean hasMetDamage() {
        return index.hasLost();
    }

    /**
     * Before a blob that is at hand is left out because the index says it is kept: once damage was met, the index is no
     * longer believed but the blob is read, and counts as kept only if that succeeds. Costs nothing before.
     */
    public void makeSureOf(BlobHandle blob) throws BackendException {
        if (index.hasLost() && index.contains(blob)) {
            try {
                read(blob);
            } catch (RepositoryException e) {
                LOG.warn("blob kept anew reason=\"{}\"", e.getMessage());
            }
        }
    }

    /** Whether this very place gives the blob. */
    boolean isSound(BlobPlace place) throws BackendException {
        try {
            readAt(place);
            return true;
        } catch (RepositoryException e) {
            return false;
        }
    }

    private byte[] readAt(BlobPlace place) throws BackendException, RepositoryException {
        PackedBlob blob = place.blob();
        if (blob.length() > MAX_SEALED) { // an index may say anything: ask before memory is taken
            throw new RepositoryException.Damaged(
                    "cannot read " + blob.blob() + " from pack " + place.pack() + ": the index says " + blob.length()
                            + " bytes vs at most " + MAX_SEALED,
                    null);
        }
        byte[] sealed = new byte[blob.length()];
        try {
            backend.read(new FileHandle(FileType.DATA, place.pack().hex()), blob.offset(), sealed, 0, sealed.length);
        } catch (BackendException.NotFound | BackendException.Corrupt e) {
            throw new RepositoryException.Damaged(
                    "cannot read " + blob.blob() + " from pack " + place.pack() + ": " + e.getMessage(), e);
        }
        try {
            return seal.open(blob, sealed, 0);
        } catch (SealException e) {
            throw damaged(place, e);
        }
    }

    /** How much room {@link #openInto} needs. */
    public static int roomToOpen(BlobPlace place) throws RepositoryException {
        try {
            return BlobSeal.roomToOpen(place.blob());
        } catch (SealException e) {
            throw damaged(place, e);
        }
    }

    /**
     * Opens a blob whose sealed bytes were fetched by the caller, from {@code sealed} at {@code at}; takes no memory.
     *
     * @param room another array of at least {@link #roomToOpen}, overwritten
     * @return where in it the plain bytes begin
     * @throws RepositoryException.Damaged when they are not what the place says
     */
    public int openInto(BlobPlace place, byte[] sealed, int at, byte[] room) throws RepositoryException {
        try {
            return seal.openInto(place.blob(), sealed, at, room);
        } catch (SealException e) {
            throw damaged(place, e);
        }
    }

    private static RepositoryException damaged(BlobPlace place, SealException cause) {
        return new RepositoryException.Damaged(
                "cannot read " + place.blob().blob() + " from pack " + place.pack() + " at "
                        + place.blob().offset() + ": " + cause.getMessage(),
                cause);
    }

    /** A directory. */
    public Tree tree(BlobId id) throws BackendException, RepositoryException {
        byte[] bytes = read(BlobHandle.tree(id));
        try {
            return TreeCodec.decode(bytes);
        } catch (FormatException e) {
            throw new RepositoryException.Damaged("cannot read directory " + id + ": " + e.getMessage(), e);
        }
    }

    /** Directories as this reader gives them. */
    Trees trees() {
        return id -> {
            try {
                return tree(id);
            } catch (RepositoryException e) {
                throw new Trees.Unreadable(e.getMessage(), e);
            }
        };
    }

    /** The store, for fetching parts of packs that hold several wanted blobs. */
    public Backend backend() {
        return backend;
    }
}
