package cofre.repository.index;

import cofre.format.BlobId;
import cofre.format.Tree;
import cofre.storage.BackendException;

/** Reads one tree, wherever and however it is stored. */
public interface Trees {
    /** The tree, or why there is none, as a sentence. */
    Tree read(BlobId id) throws BackendException, Unreadable;

    /** A tree that cannot be read: what it needs is not known. The message says why. */
    final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        /** With a whole sentence. */
        public Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
