package cofre.posix;

import cofre.path.RawName;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Opening files and moving their contents. All methods are thread-safe, are repeated when a signal interrupts them, and
 * throw {@link PosixException} with the kernel's complaint. Sizes and offsets are bytes.
 */
public interface FileIo {
    /** Opens an absolute path, or one relative to the working directory. Follows links on the way to the last part. */
    Fd open(byte[] path, OpenFlags flags) throws PosixException;

    /** The same, making a file with these permission bits (less the umask) when the flags say so. */
    Fd open(byte[] path, OpenFlags flags, int mode) throws PosixException;

    /** Opens a name of a directory. */
    Fd openAt(Fd dir, RawName name, OpenFlags flags) throws PosixException;

    /** The same, making a file with these permission bits (less the umask) when the flags say so. */
    Fd openAt(Fd dir, RawName name, OpenFlags flags, int mode) throws PosixException;

    /** A second descriptor for the same open file: they share the position. */
    Fd dup(Fd file) throws PosixException;

    /** Reads from the position on until {@code length} bytes are there or the file ends; the count, 0 at the end. */
    int read(Fd file, byte[] into, int at, int length) throws PosixException;

    /** Reads from {@code offset} on until {@code length} bytes are there or the file ends; the count, 0 at the end. */
    int pread(Fd file, long offset, byte[] into, int at, int length) throws PosixException;

    /**
     * Reads from {@code offset} on into a direct buffer until it is full or the file ends; moves its position by the
     * count it returns. Copies nothing in between.
     */
    int pread(Fd file, long offset, ByteBuffer direct) throws PosixException;

    /** Writes all the bytes at the position. */
    void write(Fd file, byte[] from, int at, int length) throws PosixException;

    /** Writes all the bytes at {@code offset}. */
    void pwrite(Fd file, long offset, byte[] from, int at, int length) throws PosixException;

    /** Sets the length: cuts, or adds a hole. */
    void truncate(Fd file, long length) throws PosixException;

    /** Returns when data and metadata are on stable storage. */
    void fsync(Fd file) throws PosixException;

    /** Where data begins at or after {@code offset}; empty when only a hole follows. */
    OptionalLong nextData(Fd file, long offset) throws PosixException;

    /** Where a hole begins at or after {@code offset}; the end of the file counts as one. Empty beyond the end. */
    OptionalLong nextHole(Fd file, long offset) throws PosixException;

    /** Tells the kernel what will be read; never fails. */
    void advise(Fd file, long offset, long length, Advice advice);

    /** What {@link #advise} can say. */
    enum Advice {
        /** From front to back. */
        SEQUENTIAL(2),
        /** Soon. */
        WILL_NEED(3),
        /** Not again: its pages may leave the cache. */
        DONT_NEED(4);

        /** The same on Linux and FreeBSD. */
        final int number;

        Advice(int number) {
            this.number = number;
        }
    }
}
