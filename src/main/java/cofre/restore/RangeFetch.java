package cofre.restore;

import cofre.format.BlobPlace;
import cofre.progress.Level;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;

/**
 * Fetches parts of packs and puts what is in them into files, from end to end in one thread. A blob that is not right
 * where it was looked for first is looked for everywhere else before its files are given up. Thread-safe.
 */
final class RangeFetch {
    /** Twice the longest chunk, which is all that is ever opened, and some for sealing; an index that says more lies. */
    private static final int MAX_SEALED = (16 << 20) + (1 << 20);

    private final BlobReader reader;
    private final Tally tally;
    private final Wanted.Finished finished;
    private final ThreadLocal<byte[]> buffer = ThreadLocal.withInitial(() -> new byte[0]);
    private final ThreadLocal<byte[]> room = ThreadLocal.withInitial(() -> new byte[0]);

    RangeFetch(BlobReader reader, Tally tally, Wanted.Finished finished) {
        this.reader = reader;
        this.tally = tally;
        this.finished = finished;
    }

    void run(PackRange range) throws BackendException, TargetException {
        if (range.length() > MAX_SEALED) {
            for (Wanted blob : range.blobs()) {
                blob.fail(
                        "cannot read " + blob.blob().blob() + ": the index says " + range.length()
                                + " bytes vs at most " + MAX_SEALED + "; run cofre check",
                        finished);
            }
            return;
        }
        byte[] sealed = kept(buffer, range.length(), MAX_SEALED);
        String unreadable = fetch(range, sealed);
        for (Wanted blob : range.blobs()) {
            if (unreadable.isEmpty()) {
                open(blob, sealed, (int) (blob.blob().offset() - range.offset()));
            } else {
                elsewhere(blob, unreadable);
            }
        }
    }

    /** Why the part cannot be had, empty when it is in {@code sealed}. A store that cannot be asked ends the run. */
    private String fetch(PackRange range, byte[] sealed) throws BackendException {
        FileHandle pack = new FileHandle(FileType.DATA, range.pack().hex());
        try {
            reader.backend().read(pack, range.offset(), sealed, 0, range.length());
            return "";
        } catch (BackendException.NotFound | BackendException.Corrupt e) {
            return e.getMessage();
        }
    }

    private void open(Wanted blob, byte[] sealed, int at) throws BackendException, TargetException {
        BlobPlace place = blob.place();
        byte[] opened;
        int plain;
        try {
            opened = kept(room, BlobReader.roomToOpen(place), 2 * MAX_SEALED);
            plain = reader.openInto(place, sealed, at, opened);
        } catch (RepositoryException e) {
            elsewhere(blob, e.getMessage());
            return;
        }
        blob.deliver(opened, plain, finished);
    }

    /** Reads it once more, as damage on the way looks the same, and then from the other packs said to hold it. */
    private void elsewhere(Wanted blob, String why) throws BackendException, TargetException {
        byte[] plain;
        try {
            plain = reader.read(blob.blob().blob());
        } catch (RepositoryException e) {
            blob.fail("it was not restored: " + e.getMessage() + "; run cofre check", finished);
            return;
        }
        tally.message(Level.WARNING, why + "; another copy was used; run cofre check");
        blob.deliver(plain, 0, finished);
    }

    /** A thread's own memory; grows in few steps, and never beyond what can be asked for. */
    private static byte[] kept(ThreadLocal<byte[]> own, int length, int most) {
        byte[] bytes = own.get();
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, Math.min(length + length / 2, most))];
            own.set(bytes);
        }
        return bytes;
    }
}
