package cofre.acl;

import java.util.List;

/**
 * An NFSv4 ACL: entries in the order in which they are asked. The first one that is for the caller and about what is wanted
 * decides; where there is none, nothing is allowed.
 *
 * @param entries 1 to {@value #MAX_ENTRIES}
 */
public record Nfs4Acl(List<Nfs4Entry> entries) {
    /** ACL_MAX_ENTRIES of FreeBSD's sys/acl.h. */
    public static final int MAX_ENTRIES = 254;

    public Nfs4Acl {
        entries = List.copyOf(entries);
        if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "cannot have " + entries.size() + " entries vs 1 to " + MAX_ENTRIES + " in an access control list");
        }
    }

    /** Reads what {@link #text} writes, and all that setfacl(1) takes with numbers for users and groups. */
    public static Nfs4Acl parse(String text) throws AclFormatException {
        return Nfs4Text.parse(text);
    }

    /**
     * As FreeBSD's acl_to_text_np(3) with numeric ids writes it, in one line with commas: setfacl(1) takes it. Text this
     * method wrote is read and written again without a change.
     */
    public String text() {
        return Nfs4Text.write(this);
    }

    /** Reads FreeBSD's {@code struct acl}, in native byte order. */
    public static Nfs4Acl ofStruct(byte[] image) throws AclFormatException {
        return Nfs4Struct.read(image);
    }

    /** FreeBSD's {@code struct acl}, {@value Nfs4Struct#SIZE} bytes in native byte order, as __acl_set_fd(2) wants it. */
    public byte[] struct() {
        return Nfs4Struct.write(this);
    }

    /**
     * Whether it says what the mode says and nothing else, so that it need not be kept: as acl_is_trivial_np(3) of FreeBSD.
     * Both forms there are count: the one of PSARC/2010/029 that ZFS makes, and the six entries of the older draft.
     */
    public boolean isTrivial(int mode) {
        return equals(Nfs4Trivial.of(mode)) || equals(Nfs4Trivial.draft(mode));
    }

    /**
     * A mode that lets in nobody whom this list keeps out, for where the list cannot be set: the mode, as it came of the list,
     * knows owner, group and everyone; denials to others by name it does not know.
     */
    public int modeWithout(int mode) {
        boolean deniesByName = entries.stream()
                .anyMatch(e -> e.type() == Nfs4Entry.Type.DENY && e.who().kind().isNamed());
        return deniesByName ? mode & ~077 : mode;
    }

    /** What a file has that has only a mode. */
    public static Nfs4Acl ofMode(int mode) {
        return Nfs4Trivial.of(mode);
    }
}
