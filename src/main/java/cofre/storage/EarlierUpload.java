package cofre.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a file is that a repeated upload finds in its place.
 *
 * @param store where
 * @param file which
 * @param payload what was to be stored
 */
record EarlierUpload(Backend store, FileHandle file, Payload payload) {
    private static final Logger LOG = LoggerFactory.getLogger(EarlierUpload.class);
    /** Up to this size the content is read back; above, the length and the name, a hash, must do. */
    private static final long CHEAP = 1 << 20;

    /**
     * Returns when the file there is the one that was to be stored.
     *
     * @throws BackendException.AlreadyExists when it is another one
     * @throws BackendException.TransferDamage when it was a torn one, which is removed now, so that the next try can store
     * @throws BackendException.Corrupt when it is a torn one which the store will not remove
     */
    void settle(BackendException.AlreadyExists found) throws BackendException {
        long size = store.size(file);
        boolean same = size == payload.length() && (size > CHEAP || sameContent());
        if (same) {
            LOG.info("upload had succeeded before its answer was lost file={}", file);
            return;
        }
        if (file.type() == FileType.CONFIG) {
            throw found;
        }
        removeTorn(size);
    }

    /** The name is the hash of the content we have: other content under it is nobody's good file. */
    private void removeTorn(long size) throws BackendException {
        String what = "cannot store " + file + " at " + store.location() + ": an earlier try left " + size
                + " bytes of other content vs " + payload.length();
        try {
            store.delete(file);
        } catch (BackendException.Refused e) {
            throw new BackendException.Corrupt(
                    what + "; the store does not let us remove them; remove that file at the store", e);
        }
        throw new BackendException.TransferDamage(what + "; they were removed", null);
    }

    private boolean sameContent() throws BackendException {
        byte[] there;
        try {
            there = store.get(file, CHEAP);
        } catch (BackendException.Corrupt e) {
            return false;
        }
        try {
            ByteArrayOutputStream ours = new ByteArrayOutputStream(there.length);
            ExactOutput.copy(payload, ours);
            return Arrays.equals(there, ours.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
    }
}
