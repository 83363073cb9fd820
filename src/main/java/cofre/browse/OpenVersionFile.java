package cofre.browse;

/** The content of one file of a version. Thread-safe. */
public interface OpenVersionFile extends AutoCloseable {
    /**
     * Reads at an offset; may wait for the store, at most as long as the tree was told to.
     *
     * @return how many bytes were put into {@code into} from {@code at} on: {@code length} unless the file ends before; never
     *     bytes that are not the file's
     * @throws BrowseException.Unavailable when the store does not give them in time
     * @throws BrowseException.Damaged when no copy in the store is right
     */
    int read(long offset, byte[] into, int at, int length) throws BrowseException;

    @Override
    void close();
}
