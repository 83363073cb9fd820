package cofre.posix;

import cofre.path.RawName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * One thread's native memory for the arguments and results of system calls, so that a call allocates nothing. The
 * regions of {@link #small} are: two names, then one structure. {@link #bulk} is for contents and listings. Nothing in
 * here outlives the method that filled it.
 */
final class Scratch {
    /** PATH_MAX of Linux with its NUL, and room for {@code /proc/self/fd/NUMBER/} in front. */
    static final int NAME_LENGTH = 4096 + 64;

    static final int NAME = 0;
    static final int OTHER_NAME = NAME_LENGTH;
    static final int STRUCT = 2 * NAME_LENGTH;

    /** Room for the largest structure, FreeBSD's statfs with 2344 bytes. */
    private static final int STRUCT_LENGTH = 4096;

    /** At least the 64 KiB that Linux allows for a list of attributes; larger reads gain nothing measurable. */
    static final int BULK_LENGTH = 256 * 1024;

    /** What one listing call fills: about 1500 entries. */
    static final int LISTING_LENGTH = 64 * 1024;

    final ByteBuffer small;
    final long smallAddress;
    final long structAddress;
    private final Runtime runtime;
    private ByteBuffer bulk;
    private long bulkAddress;
    private byte[] listing;

    Scratch(Runtime runtime) {
        this.runtime = runtime;
        small = ByteBuffer.allocateDirect(STRUCT + STRUCT_LENGTH).order(ByteOrder.nativeOrder());
        smallAddress = addressOf(runtime, small);
        structAddress = smallAddress + STRUCT;
    }

    /** The address of a direct buffer's index 0, whatever its position. */
    static long addressOf(Runtime runtime, ByteBuffer direct) {
        // jnr-ffi 2.3.4 adds the position; a view at position 0 is right whether it does or not.
        return Pointer.wrap(runtime, direct.duplicate().clear()).address();
    }

    /** Puts a name behind {@code region} and gives its address as a C string. */
    long name(int region, RawName name) throws PosixException {
        if (name.length() >= NAME_LENGTH) {
            throw tooLong();
        }
        name.putInto(small, region);
        small.put(region + name.length(), (byte) 0);
        return smallAddress + region;
    }

    /** Puts a path behind {@code region} and gives its address as a C string. */
    long path(int region, byte[] path) throws PosixException {
        if (path.length >= NAME_LENGTH) {
            throw tooLong();
        }
        for (byte b : path) {
            if (b == 0) {
                throw new PosixException(Errno.EINVAL, "use", Calls.describe(path), "it holds NUL");
            }
        }
        small.put(region, path);
        small.put(region + path.length, (byte) 0);
        return smallAddress + region;
    }

    ByteBuffer bulk() {
        if (bulk == null) {
            bulk = ByteBuffer.allocateDirect(BULK_LENGTH).order(ByteOrder.nativeOrder());
            bulkAddress = addressOf(runtime, bulk);
        }
        return bulk;
    }

    long bulkAddress() {
        bulk();
        return bulkAddress;
    }

    /** The heap twin of a listing: names are cut from it with one copy each. */
    byte[] listing() {
        if (listing == null) {
            listing = new byte[LISTING_LENGTH];
        }
        return listing;
    }

    /** The bytes of {@link #bulk} from its start, as a new array. */
    byte[] fromBulk(int length) {
        byte[] copy = new byte[length];
        bulk.get(0, copy);
        return copy;
    }

    private static PosixException tooLong() {
        return new PosixException(
                Errno.ENAMETOOLONG, "use", "a name", "it is longer than " + (NAME_LENGTH - 1) + " bytes");
    }
}
