package cofre.acl;

/**
 * What an entry of an NFSv4 ACL allows or denies. In the order in which FreeBSD writes their letters; bits are those of its
 * sys/acl.h.
 */
public enum Nfs4Permission {
    /** Read a file's content, list a directory. */
    READ_DATA(0x8, 'r', "read_data"),
    /** Write a file's content, make files in a directory. */
    WRITE_DATA(0x10, 'w', "write_data"),
    /** Run a file, search a directory. */
    EXECUTE(0x1, 'x', "execute"),
    /** Append to a file, make directories in a directory. */
    APPEND_DATA(0x20, 'p', "append_data"),
    /** Remove what a directory holds. */
    DELETE_CHILD(0x100, 'D', "delete_child"),
    /** Remove the object itself. */
    DELETE(0x800, 'd', "delete"),
    /** Look at size, times, owner. */
    READ_ATTRIBUTES(0x200, 'a', "read_attributes"),
    /** Set times. */
    WRITE_ATTRIBUTES(0x400, 'A', "write_attributes"),
    /** Read extended attributes. */
    READ_NAMED_ATTRIBUTES(0x40, 'R', "read_xattr"),
    /** Write extended attributes. */
    WRITE_NAMED_ATTRIBUTES(0x80, 'W', "write_xattr"),
    /** Read the list itself. */
    READ_ACL(0x1000, 'c', "read_acl"),
    /** Write the list itself. */
    WRITE_ACL(0x2000, 'C', "write_acl"),
    /** Give the object away. */
    WRITE_OWNER(0x4000, 'o', "write_owner"),
    /** Without meaning to ZFS. */
    SYNCHRONIZE(0x8000, 's', "synchronize");

    /** All bits there are. */
    public static final int ALL = 0xfff9;

    private final int bit;
    private final char letter;
    private final String word;

    Nfs4Permission(int bit, char letter, String word) {
        this.bit = bit;
        this.letter = letter;
        this.word = word;
    }

    /** Its bit in {@link Nfs4Entry#permissions}. */
    public int bit() {
        return bit;
    }

    char letter() {
        return letter;
    }

    String word() {
        return word;
    }
}
