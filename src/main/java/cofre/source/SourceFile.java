package cofre.source;

import cofre.format.Xattr;
import java.util.List;

/** An open regular file of a frozen view. For one thread at a time. */
public interface SourceFile extends AutoCloseable {
    /** What the file system says of the open file. */
    SourceStat stat() throws SourceException;

    /**
     * Reads on from where the last read ended.
     *
     * @return the number of bytes put into {@code into} at {@code at}: 1 to {@code length}, or -1 at the end
     */
    int read(byte[] into, int at, int length) throws SourceException;

    /** The next read begins at {@code offset}, at least 0, which may be beyond the end. */
    void position(long offset);

    /** Extended attributes, ordered by name. */
    List<Xattr> xattrs() throws SourceException;

    @Override
    void close();
}
