package cofre.storage;

import java.util.function.Consumer;

/**
 * A store of immutable files. All methods may be called from several threads at once. A method returns when the store has
 * answered, or throws; none blocks without a deadline. An interrupt of the calling thread ends a wait with
 * {@link BackendException.Unreachable} and leaves the interrupt flag set.
 */
public interface Backend extends AutoCloseable {
    /** Where this store is, for messages: never holds credentials. */
    String location();

    /** Makes the store's layout. Succeeds when it is there already. */
    void create() throws BackendException;

    /**
     * Length of a file in bytes.
     *
     * @throws BackendException.NotFound when there is no such file
     */
    long size(FileHandle file) throws BackendException;

    /**
     * The whole file.
     *
     * @param maxLength bytes the caller is ready to hold; a longer file is {@link BackendException.Corrupt}, found before
     *     more than that many bytes are held
     * @throws BackendException.Corrupt also when an adapter sees that the bytes do not hash to the name; that it does
     *     look is not promised
     */
    byte[] get(FileHandle file, long maxLength) throws BackendException;

    /**
     * Reads exactly {@code length} bytes from {@code offset} on into {@code into} at {@code at}. A store that has fewer
     * throws {@link BackendException.Corrupt}; then what {@code into} holds is undefined. A length of 0 asks nothing.
     */
    void read(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException;

    /**
     * Stores a file. When this returns the bytes are on the store's stable storage under their final name; when it throws
     * the file may or may not be there, but never a part of it.
     *
     * @throws BackendException.AlreadyExists when a file of that name was there before; nothing was changed
     * @throws java.io.UncheckedIOException when the payload could not give its bytes: the store is not at fault, and
     *     nothing was stored
     * @throws IllegalStateException when the payload gave more or fewer bytes than its length; nothing was stored
     */
    void put(FileHandle file, Payload payload) throws BackendException;

    /**
     * Lists all files of a type, in no order, each exactly once. A listing that cannot be read to its end throws before
     * {@code each} is called at all: a short list is never passed off as the whole. {@code each} may call this backend. A
     * store without that folder has no such files. Names that are not file names are left out. {@link FileType#CONFIG}
     * lists as one file with an empty name, or none. Costs some 50 bytes of memory per file while it runs.
     */
    void list(FileType type, Consumer<FileInfo> each) throws BackendException;

    /** Deletes a file; one that is not there counts as deleted. */
    void delete(FileHandle file) throws BackendException;

    @Override
    void close();
}
