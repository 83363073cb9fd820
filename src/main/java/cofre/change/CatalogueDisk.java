package cofre.change;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What a catalogue asks of the file system, so that a test can die at each of these. */
interface CatalogueDisk {
    /** A file open for reading and writing at any place. */
    interface Pages extends AutoCloseable {
        /** Fills {@code into} from {@code position} on; fails when the file ends before. */
        void read(ByteBuffer into, long position) throws IOException;

        /** Writes all of {@code from} at {@code position}. */
        void write(ByteBuffer from, long position) throws IOException;

        /** Makes it empty. */
        void clear() throws IOException;

        /** What was written is on stable storage when this returns. */
        void sync() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Makes a directory only its owner can use, and those above it; one that is there is left as it is. */
    void makeDirectory(Path dir) throws IOException;

    /** Opens a file only its owner can read, made when {@code create} and it is not there. */
    Pages open(Path file, boolean create) throws IOException;

    /**
     * All of a file.
     *
     * @throws java.nio.file.NoSuchFileException when there is none
     */
    byte[] read(Path file, long maxLength) throws IOException;

    /** Makes {@code file} have this content, all or nothing; it is on stable storage when this returns. */
    void replace(Path file, byte[] content) throws IOException;

    /** The file is gone for good when this returns; there need not have been one. */
    void remove(Path file) throws IOException;
}
