package cofre.acl;

/**
 * One entry of an NFSv4 ACL.
 *
 * @param who whom it is for
 * @param type what it does
 * @param permissions sum of {@link Nfs4Permission#bit}
 * @param flags sum of {@link Nfs4Flag#bit}
 */
public record Nfs4Entry(Who who, Type type, int permissions, int flags) {
    public Nfs4Entry {
        if ((permissions & ~Nfs4Permission.ALL) != 0) {
            throw new IllegalArgumentException("cannot have permissions 0x" + Integer.toHexString(permissions)
                    + " vs 0x" + Integer.toHexString(Nfs4Permission.ALL));
        }
        if ((flags & ~Nfs4Flag.ALL) != 0) {
            throw new IllegalArgumentException(
                    "cannot have flags 0x" + Integer.toHexString(flags) + " vs 0x" + Integer.toHexString(Nfs4Flag.ALL));
        }
    }

    /** What an entry does. Only the first two decide. */
    public enum Type {
        ALLOW(0x100),
        DENY(0x200),
        AUDIT(0x400),
        ALARM(0x800);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        /** As in FreeBSD's sys/acl.h. */
        int number() {
            return number;
        }
    }

    /** Whether it has this flag. */
    public boolean has(Nfs4Flag flag) {
        return (flags & flag.bit()) != 0;
    }

    /** Whether it is about any of these permissions. */
    boolean isAbout(int wanted) {
        return (permissions & wanted) != 0;
    }
}
