package cofre.acl;

/** How an entry of an NFSv4 ACL is passed on. In the order in which FreeBSD writes their letters; bits are those of its sys/acl.h. */
public enum Nfs4Flag {
    /** New files get it. */
    FILE_INHERIT(0x1, 'f', "file_inherit"),
    /** New directories get it. */
    DIRECTORY_INHERIT(0x2, 'd', "dir_inherit"),
    /** It is for what is made in a directory, and means nothing for the directory. */
    INHERIT_ONLY(0x8, 'i', "inherit_only"),
    /** What gets it does not pass it on. */
    NO_PROPAGATE(0x4, 'n', "no_propagate"),
    /** Of audit entries. */
    SUCCESSFUL_ACCESS(0x10, 'S', "successfull_access"),
    /** Of audit entries. */
    FAILED_ACCESS(0x20, 'F', "failed_access"),
    /** It was got from the directory. */
    INHERITED(0x80, 'I', "inherited");

    /** All bits there are. */
    public static final int ALL = 0xbf;

    private final int bit;
    private final char letter;
    private final String word;

    Nfs4Flag(int bit, char letter, String word) {
        this.bit = bit;
        this.letter = letter;
        this.word = word;
    }

    /** Its bit in {@link Nfs4Entry#flags}. */
    public int bit() {
        return bit;
    }

    char letter() {
        return letter;
    }

    /** As FreeBSD spells it, its slip of the pen included. */
    String word() {
        return word;
    }
}
