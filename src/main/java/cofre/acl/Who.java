package cofre.acl;

/**
 * Whom an entry of an NFSv4 ACL is for.
 *
 * @param kind what kind
 * @param id number of the user or group, 0 to 2^32-2; 0 for the others
 */
public record Who(Kind kind, long id) {
    /** Owner of the object. */
    public static final Who OWNER = new Who(Kind.OWNER, 0);
    /** Group of the object. */
    public static final Who GROUP = new Who(Kind.OWNING_GROUP, 0);
    /** Everyone, owner and group among them. */
    public static final Who EVERYONE = new Who(Kind.EVERYONE, 0);

    /** The one number no user has: it stands for none. */
    static final long NOBODY = 0xffffffffL;

    public Who {
        if (id < 0 || id >= NOBODY || (!kind.isNamed() && id != 0)) {
            throw new IllegalArgumentException("cannot be " + kind + " " + id + " vs 0 to 2^32-2");
        }
    }

    /** Kinds. */
    public enum Kind {
        OWNER,
        OWNING_GROUP,
        EVERYONE,
        USER,
        GROUP;

        boolean isNamed() {
            return this == USER || this == GROUP;
        }
    }

    /** This user. */
    public static Who user(long uid) {
        return new Who(Kind.USER, uid);
    }

    /** Members of this group. */
    public static Who group(long gid) {
        return new Who(Kind.GROUP, gid);
    }

    /** Whether {@code caller} is meant, of an object with this owner and group. */
    boolean includes(Caller caller, long owner, long group) {
        return switch (kind) {
            case OWNER -> caller.uid() == owner;
            case OWNING_GROUP -> caller.groups().contains(group);
            case EVERYONE -> true;
            case USER -> caller.uid() == id;
            case GROUP -> caller.groups().contains(id);
        };
    }
}
