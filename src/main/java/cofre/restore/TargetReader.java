package cofre.restore;

import cofre.format.Xattr;

/** A file of a target open for reading. For one thread. */
public interface TargetReader extends AutoCloseable {
    /** Its metadata. */
    TargetEntry entry() throws TargetException;

    /** Whether it has the attribute with that value. */
    boolean has(Xattr attribute) throws TargetException;

    /** Reads from {@code offset} on until {@code length} bytes are there or the file ends; the count. */
    int read(long offset, byte[] into, int length) throws TargetException;

    @Override
    void close();
}
