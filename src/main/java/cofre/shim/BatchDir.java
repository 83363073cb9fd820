package cofre.shim;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads a directory some hundreds of entries at a time, each with all that stat knows of it; symbolic links are not
 * followed, "." and ".." are left out. Owns its native memory; belongs to one thread at a time, and may be used for one
 * directory after another.
 */
public final class BatchDir {
    /** Room for about 1500 entries with short names. */
    private static final int CAPACITY = 256 * 1024;

    private final ShimLibrary library;
    private final NativeBuffer memory = new NativeBuffer(CAPACITY);
    private int filled;

    BatchDir(ShimLibrary library) {
        this.library = library;
    }

    /**
     * Reads the next entries of the open directory {@code dirFd}, advancing its file offset.
     *
     * @return the bytes that {@link #records()} now holds; 0 at the end of the directory; -errno when the directory
     *     could not be read (what was returned before stays valid, but the listing is incomplete)
     */
    public int fill(int dirFd) {
        filled = 0;
        int result;
        try {
            result = (int) library.cofre_dir_batch(dirFd, memory.at(0), CAPACITY);
        } finally {
            Reference.reachabilityFence(memory);
        }
        filled = Math.max(result, 0);
        return result;
    }

    /**
     * The records of the last {@link #fill}, one after another as {@link EntryLayout} describes them, from position 0
     * to the limit, in native byte order. Overwritten by the next fill.
     */
    public ByteBuffer records() {
        return memory.bytes().asReadOnlyBuffer().order(ByteOrder.nativeOrder()).limit(filled);
    }
}
