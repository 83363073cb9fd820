package cofre.repository;

import cofre.format.BlobPlace;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.repository.prune.PackTally;
import cofre.seal.BlobSeal;
import cofre.seal.SealException;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies what is used of packs into new ones. Every blob is opened and hashed on the way. What lies near each other is
 * fetched at once. For one thread; holds one stretch of a pack and one blob in memory.
 */
final class PruneCopy {
    /** Reading over what is not needed is cheaper than another request. */
    private static final int GAP = 256 << 10;

    private static final int STRETCH = 16 << 20;

    private final PackTally tally;
    private final Backend store;
    private final BlobReader reader;
    private final BlobSeal seal;
    private final BlobSink sink;
    private byte[] fetched = {};
    private byte[] room = {};

    PruneCopy(PackTally tally, Backend store, BlobReader reader, BlobSeal seal, BlobSink sink) {
        this.tally = tally;
        this.store = store;
        this.reader = reader;
        this.seal = seal;
        this.sink = sink;
    }

    /** A blob no place gives: its pack must stay. */
    static final class Lost extends Exception {
        private static final long serialVersionUID = 1;

        Lost(RepositoryException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Copies all blobs of the pack whose kept copy is here. */
    void copy(IndexFile.Pack pack) throws BackendException, RepositoryException, InterruptedException, Lost {
        List<PackedBlob> stretch = new ArrayList<>();
        for (PackedBlob blob : pack.blobs()) { // in the order in which they lie there
            if (tally.isKept(new BlobPlace(pack.id(), blob))) {
                if (!stretch.isEmpty() && !isNear(stretch, blob)) {
                    copy(pack.id(), stretch);
                    stretch.clear();
                }
                stretch.add(blob);
            }
        }
        if (!stretch.isEmpty()) {
            copy(pack.id(), stretch);
        }
    }

    private static boolean isNear(List<PackedBlob> stretch, PackedBlob next) {
        PackedBlob last = stretch.get(stretch.size() - 1);
        return next.offset() - (last.offset() + last.length()) <= GAP
                && next.offset() + next.length() - stretch.get(0).offset() <= STRETCH;
    }

    private void copy(PackId pack, List<PackedBlob> stretch)
            throws BackendException, RepositoryException, InterruptedException, Lost {
        PackedBlob last = stretch.get(stretch.size() - 1);
        long from = stretch.get(0).offset();
        int length = Math.toIntExact(last.offset() + last.length() - from);
        boolean isFetched = fetch(pack, from, length);
        for (PackedBlob blob : stretch) {
            if (!isFetched || !copy(blob, Math.toIntExact(blob.offset() - from))) {
                copyFromAnywhere(blob);
            }
        }
    }

    private boolean fetch(PackId pack, long from, int length) throws BackendException {
        fetched = fetched.length < length ? new byte[length] : fetched;
        try {
            store.read(new FileHandle(FileType.DATA, pack.hex()), from, fetched, 0, length);
            return true;
        } catch (BackendException.NotFound | BackendException.Corrupt e) {
            return false;
        }
    }

    private boolean copy(PackedBlob blob, int at) throws BackendException, RepositoryException, InterruptedException {
        int opened;
        try {
            int needed = BlobSeal.roomToOpen(blob);
            room = room.length < needed ? new byte[needed] : room;
            opened = seal.openInto(blob, fetched, at, room);
        } catch (SealException e) {
            return false;
        }
        sink.save(blob.blob().type(), room, opened, blob.plainLength());
        return true;
    }

    private void copyFromAnywhere(PackedBlob blob)
            throws BackendException, RepositoryException, InterruptedException, Lost {
        byte[] plain;
        try {
            plain = reader.read(blob.blob());
        } catch (RepositoryException.Damaged e) {
            throw new Lost(e);
        }
        sink.save(blob.blob().type(), plain, 0, plain.length);
    }
}
