package cofre.shim;

/**
 * Where the fields of one directory entry lie in the records of {@link BatchDir}, in bytes from the record's start:
 * {@code struct cofre_entry} of {@code native/cofre.h}, in native byte order. Unless {@link #ERROR} holds 0, only the
 * name and {@link #DIRENT_TYPE} mean anything.
 */
public final class EntryLayout {
    /** u32: length of the whole record, a multiple of 8; the next record starts there. */
    public static final int RECORD_LENGTH = 0;
    /** u32: bytes of the name, without the NUL after it. */
    public static final int NAME_LENGTH = 4;
    /** i32: errno of stat for this entry, or 0. */
    public static final int ERROR = 8;
    /** u32: DT_* as the directory says; 0 (DT_UNKNOWN) is legal. */
    public static final int DIRENT_TYPE = 12;
    /** u64: as dev_t of stat(2). */
    public static final int DEVICE = 16;
    /** u64. */
    public static final int INODE = 24;
    /** u64. */
    public static final int LINKS = 32;
    /** u32: type and permission bits. */
    public static final int MODE = 40;
    /** u32. */
    public static final int UID = 44;
    /** u32. */
    public static final int GID = 48;
    /** u32: preferred size of I/O in bytes. */
    public static final int BLOCK_SIZE = 52;
    /** u64: bytes. */
    public static final int SIZE = 56;
    /** u64: allocated blocks of 512 bytes. */
    public static final int BLOCKS = 64;
    /** u64: what a device node stands for, as dev_t. */
    public static final int SPECIAL_DEVICE = 72;
    /** i64: seconds since 1970. */
    public static final int ACCESS_SECONDS = 80;
    /** i64: seconds since 1970. */
    public static final int MODIFY_SECONDS = 88;
    /** i64: seconds since 1970. */
    public static final int CHANGE_SECONDS = 96;
    /** i64: seconds since 1970; 0 unless {@link #KNOWS_BIRTH}. */
    public static final int BIRTH_SECONDS = 104;
    /** u32: nanoseconds. */
    public static final int ACCESS_NANOS = 112;
    /** u32: nanoseconds. */
    public static final int MODIFY_NANOS = 116;
    /** u32: nanoseconds. */
    public static final int CHANGE_NANOS = 120;
    /** u32: nanoseconds. */
    public static final int BIRTH_NANOS = 124;
    /** u64: st_flags on FreeBSD, stx_attributes on Linux. */
    public static final int FLAGS = 128;
    /** u64: st_gen on FreeBSD, 0 elsewhere. */
    public static final int GENERATION = 136;
    /** u32: sum of the KNOWS_ constants. */
    public static final int KNOWN = 144;
    /** The name's bytes, {@link #NAME_LENGTH} of them. */
    public static final int NAME = 152;

    /** The file system keeps a birth time. */
    public static final int KNOWS_BIRTH = 1;
    /** {@link #FLAGS} is filled in. */
    public static final int KNOWS_FLAGS = 2;
    /** {@link #GENERATION} is filled in. */
    public static final int KNOWS_GENERATION = 4;

    private EntryLayout() {}
}
