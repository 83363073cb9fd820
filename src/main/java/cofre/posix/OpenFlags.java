package cofre.posix;

/**
 * How to open a file, in words of our own that each system maps to its numbers. Descriptors are always opened
 * close-on-exec. Immutable; a constant of these costs nothing per call.
 *
 * @param bits one bit per wish, see the constants of this room
 */
public record OpenFlags(int bits) {
    static final int WRITE_BIT = 1;
    static final int READ_WRITE_BIT = 1 << 1;
    static final int DIRECTORY_BIT = 1 << 2;
    static final int NO_FOLLOW_BIT = 1 << 3;
    static final int CREATE_BIT = 1 << 4;
    static final int EXCLUSIVE_BIT = 1 << 5;
    static final int TRUNCATE_BIT = 1 << 6;
    static final int APPEND_BIT = 1 << 7;
    static final int NON_BLOCK_BIT = 1 << 8;
    static final int NO_ATIME_BIT = 1 << 9;
    static final int PATH_BIT = 1 << 10;

    /** For reading. Follows a symbolic link unless {@link #noFollow()}. */
    public static final OpenFlags READ = new OpenFlags(0);

    /** For writing. */
    public static final OpenFlags WRITE = new OpenFlags(WRITE_BIT);

    /** For both. */
    public static final OpenFlags READ_WRITE = new OpenFlags(READ_WRITE_BIT);

    /** A directory, and not through a symbolic link: what a walk wants. */
    public static final OpenFlags REAL_DIRECTORY = READ.directory().noFollow();

    /** A file to back up: no link, no hang on a fifo, access time left alone where the system allows it. */
    public static final OpenFlags SOURCE_FILE = READ.noFollow().nonBlock().noAccessTime();

    /** A new file, which must not be there yet. */
    public static final OpenFlags NEW_FILE = READ_WRITE.createNew();

    /** Fails with ENOTDIR unless it is a directory. */
    public OpenFlags directory() {
        return with(DIRECTORY_BIT);
    }

    /** Fails when the last component is a symbolic link: ELOOP (also on FreeBSD), or ENOTDIR with {@link #directory()}. */
    public OpenFlags noFollow() {
        return with(NO_FOLLOW_BIT);
    }

    /** Makes the file when it is not there. */
    public OpenFlags create() {
        return with(CREATE_BIT);
    }

    /** Makes the file and fails with EEXIST when anything, even a dangling link, has that name. */
    public OpenFlags createNew() {
        return with(CREATE_BIT | EXCLUSIVE_BIT | NO_FOLLOW_BIT);
    }

    /** Cuts an existing file to nothing. */
    public OpenFlags truncate() {
        return with(TRUNCATE_BIT);
    }

    /** Every write goes to the end. */
    public OpenFlags append() {
        return with(APPEND_BIT);
    }

    /** Does not wait for the other end of a fifo or for a device. */
    public OpenFlags nonBlock() {
        return with(NON_BLOCK_BIT);
    }

    /** Leaves the access time alone where the system can and we may; elsewhere no error. */
    public OpenFlags noAccessTime() {
        return with(NO_ATIME_BIT);
    }

    /** Only a place in the tree: nothing is opened for reading, so a fifo or a link itself can be held. */
    OpenFlags pathOnly() {
        return with(PATH_BIT);
    }

    boolean has(int bit) {
        return (bits & bit) != 0;
    }

    private OpenFlags with(int more) {
        return new OpenFlags(bits | more);
    }
}
