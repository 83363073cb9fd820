package cofre.source;

import cofre.format.Xattr;
import java.util.List;
import java.util.Optional;

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

    /**
     * The NFSv4 ACL of the open file, as {@link cofre.format.GenericAttributes} keeps it; empty where the mode says all.
     *
     * @param stat what the file system says of it
     */
    default Optional<String> nfs4Acl(SourceStat stat) throws SourceException {
        return Optional.empty();
    }

    @Override
    void close();
}
