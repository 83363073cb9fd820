package cofre.acl;

import java.util.List;

/**
 * A POSIX ACL (the draft of POSIX.1e): owner, named users, group, named groups, mask, others.
 *
 * @param entries in that order, at least the three classes of a mode; a mask when somebody is named
 */
public record PosixAcl(List<Entry> entries) {
    public PosixAcl {
        entries = List.copyOf(entries);
    }

    /** Whom an entry is for, in their order; numbers as Linux's linux/posix_acl.h. */
    public enum Tag {
        OWNER(0x1),
        USER(0x2),
        OWNING_GROUP(0x4),
        GROUP(0x8),
        MASK(0x10),
        OTHER(0x20);

        private final int number;

        Tag(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        boolean isNamed() {
            return this == USER || this == GROUP;
        }
    }

    /**
     * One entry.
     *
     * @param tag whom it is for
     * @param id user or group where it names one, else 0
     * @param permissions read 4, write 2, execute 1
     */
    public record Entry(Tag tag, long id, int permissions) {}

    /**
     * A mode that lets in nobody whom this list keeps out, for where the list cannot be set: the group's bits of a mode with a
     * list are its mask, and somebody named would be one of the group or of the others.
     */
    public int modeWithout(int mode) {
        int mask = permissions(Tag.MASK, 07);
        int group = permissions(Tag.OWNING_GROUP, 0) & mask;
        int others = permissions(Tag.OTHER, 0);
        for (Entry entry : entries) {
            if (entry.tag().isNamed()) {
                others &= entry.permissions() & mask;
                group &= entry.tag() == Tag.USER ? entry.permissions() & mask : 07;
            }
        }
        return (mode & ~077) | (mode & group << 3) | (mode & others);
    }

    private int permissions(Tag tag, int absent) {
        return entries.stream()
                .filter(e -> e.tag() == tag)
                .mapToInt(Entry::permissions)
                .findFirst()
                .orElse(absent);
    }

    /** Reads the value of the extended attribute {@code system.posix_acl_access} of Linux. */
    public static PosixAcl ofXattr(byte[] value) throws AclFormatException {
        return PosixXattr.read(value);
    }

    /** The value of that attribute: what was read is written again byte for byte. */
    public byte[] xattr() {
        return PosixXattr.write(this);
    }
}
