package cofre.browse;

import cofre.format.BlobHandle;
import cofre.format.BlobPlace;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import java.util.Arrays;

/**
 * Fetches parts of packs and opens what is in them. A blob that is not right where it was looked for first is looked for
 * everywhere else.
 */
final class PartReader {
    /** Longer than any blob this program opens, with what sealing adds; an index that says more lies. */
    private static final int MAX_SEALED = (128 << 20) + (2 << 20);

    /** A thread keeps what opening most blobs takes: new memory for each would have to be cleared first. */
    private static final int ROOM_KEPT = 8 << 20;

    private static final ThreadLocal<byte[]> ROOM = ThreadLocal.withInitial(() -> new byte[0]);

    private final BlobReader reader;

    PartReader(BlobReader reader) {
        this.reader = reader;
    }

    /** Gets the blobs of a part. */
    interface Blobs {
        /**
         * One is there.
         *
         * @param sealed it as it lies in the pack, from {@code at} on
         * @param plain its plain bytes, to be kept by whoever wants
         */
        void opened(BlobPlace place, byte[] sealed, int at, byte[] plain);

        /** One was found elsewhere. */
        void elsewhere(BlobHandle blob, byte[] plain);

        /** One is nowhere. */
        void lost(BlobHandle blob, RepositoryException why);
    }

    /** Reads all blobs of a part and shows each once. */
    void read(PackPart part, Blobs each) throws BackendException {
        byte[] sealed = fetch(part);
        for (BlobPlace place : part.blobs()) {
            if (sealed.length == part.length() && isOpened(place, sealed, part, each)) {
                continue;
            }
            BlobHandle blob = place.blob().blob();
            byte[] plain;
            try {
                plain = reader.read(blob);
            } catch (RepositoryException e) {
                each.lost(blob, e);
                continue;
            }
            each.elsewhere(blob, plain);
        }
    }

    /** Empty when the store has not got the part. */
    private byte[] fetch(PackPart part) throws BackendException {
        if (part.length() > MAX_SEALED) {
            return new byte[0];
        }
        byte[] sealed = new byte[part.length()];
        try {
            FileHandle pack = new FileHandle(FileType.DATA, part.pack().hex());
            reader.backend().read(pack, part.offset(), sealed, 0, sealed.length);
            return sealed;
        } catch (BackendException.NotFound | BackendException.Corrupt e) {
            return new byte[0];
        }
    }

    private boolean isOpened(BlobPlace place, byte[] sealed, PackPart part, Blobs each) {
        int at = (int) (place.blob().offset() - part.offset());
        byte[] plain;
        try {
            plain = open(reader, place, sealed, at);
        } catch (RepositoryException e) {
            return false;
        }
        each.opened(place, sealed, at, plain);
        return true;
    }

    /** Opens one blob into an array of exactly its length. */
    static byte[] open(BlobReader reader, BlobPlace place, byte[] sealed, int at) throws RepositoryException {
        int needed = BlobReader.roomToOpen(place);
        byte[] room = ROOM.get();
        if (room.length < needed) {
            room = new byte[needed];
            if (needed <= ROOM_KEPT) {
                ROOM.set(room);
            }
        }
        int from = reader.openInto(place, sealed, at, room);
        return Arrays.copyOfRange(room, from, from + place.blob().plainLength());
    }
}
