package cofre.restore;

import cofre.format.Metadata;
import java.util.List;

/** A file being restored, under a temporary name. {@link #write} is thread-safe; the two that end it are called once. */
public interface TargetFile {
    /** Writes bytes at {@code offset}. What is never written reads as zeros and takes no room where the target can. */
    void write(long offset, byte[] bytes, int at, int length) throws TargetException;

    /**
     * Gives the file its length, its metadata and then its name. On an exception nothing is left behind.
     *
     * @return what could not be set
     */
    List<Lack> finish(long length, Metadata metadata) throws TargetException;

    /** Removes it; what has its name stays. Never throws: a partial left behind is removed by the next run. */
    void discard();
}
