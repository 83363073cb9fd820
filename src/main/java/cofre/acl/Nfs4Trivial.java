package cofre.acl;

import static cofre.acl.Nfs4Permission.APPEND_DATA;
import static cofre.acl.Nfs4Permission.EXECUTE;
import static cofre.acl.Nfs4Permission.READ_ACL;
import static cofre.acl.Nfs4Permission.READ_ATTRIBUTES;
import static cofre.acl.Nfs4Permission.READ_DATA;
import static cofre.acl.Nfs4Permission.READ_NAMED_ATTRIBUTES;
import static cofre.acl.Nfs4Permission.SYNCHRONIZE;
import static cofre.acl.Nfs4Permission.WRITE_ACL;
import static cofre.acl.Nfs4Permission.WRITE_ATTRIBUTES;
import static cofre.acl.Nfs4Permission.WRITE_DATA;
import static cofre.acl.Nfs4Permission.WRITE_NAMED_ATTRIBUTES;
import static cofre.acl.Nfs4Permission.WRITE_OWNER;

import java.util.ArrayList;
import java.util.List;

/** ACLs that say what a mode says. */
final class Nfs4Trivial {
    private static final int LOOK =
            READ_ACL.bit() | READ_ATTRIBUTES.bit() | READ_NAMED_ATTRIBUTES.bit() | SYNCHRONIZE.bit();
    private static final int KEEP =
            WRITE_ACL.bit() | WRITE_OWNER.bit() | WRITE_ATTRIBUTES.bit() | WRITE_NAMED_ATTRIBUTES.bit();

    private Nfs4Trivial() {}

    /** PSARC/2010/029: denies only where a class has less than one that comes after it. */
    static Nfs4Acl of(int mode) {
        int owner = LOOK | KEEP | data(mode >> 6);
        int group = LOOK | data(mode >> 3);
        int everyone = LOOK | data(mode);
        int ownerDenied = (group | everyone) & ~owner;
        int groupDenied = everyone & ~group;
        List<Nfs4Entry> entries = new ArrayList<>();
        // What the group is denied the owner, who may be in it, gets before.
        addUnlessEmpty(entries, Who.OWNER, Nfs4Entry.Type.ALLOW, groupDenied & ~ownerDenied);
        addUnlessEmpty(entries, Who.OWNER, Nfs4Entry.Type.DENY, ownerDenied);
        addUnlessEmpty(entries, Who.GROUP, Nfs4Entry.Type.DENY, groupDenied);
        entries.add(new Nfs4Entry(Who.OWNER, Nfs4Entry.Type.ALLOW, owner, 0));
        entries.add(new Nfs4Entry(Who.GROUP, Nfs4Entry.Type.ALLOW, group, 0));
        entries.add(new Nfs4Entry(Who.EVERYONE, Nfs4Entry.Type.ALLOW, everyone, 0));
        return new Nfs4Acl(entries);
    }

    private static void addUnlessEmpty(List<Nfs4Entry> entries, Who who, Nfs4Entry.Type type, int permissions) {
        if (permissions != 0) {
            entries.add(new Nfs4Entry(who, type, permissions, 0));
        }
    }

    /** draft-ietf-nfsv4-minorversion1-03, 3.16.6.2: always six entries. */
    static Nfs4Acl draft(int mode) {
        int all = data(07);
        return new Nfs4Acl(List.of(
                new Nfs4Entry(Who.OWNER, Nfs4Entry.Type.DENY, all & ~data(mode >> 6), 0),
                new Nfs4Entry(Who.OWNER, Nfs4Entry.Type.ALLOW, KEEP | data(mode >> 6), 0),
                new Nfs4Entry(Who.GROUP, Nfs4Entry.Type.DENY, all & ~data(mode >> 3), 0),
                new Nfs4Entry(Who.GROUP, Nfs4Entry.Type.ALLOW, data(mode >> 3), 0),
                new Nfs4Entry(Who.EVERYONE, Nfs4Entry.Type.DENY, KEEP | (all & ~data(mode)), 0),
                new Nfs4Entry(Who.EVERYONE, Nfs4Entry.Type.ALLOW, LOOK | data(mode), 0)));
    }

    private static int data(int bits) {
        int permissions = (bits & 4) != 0 ? READ_DATA.bit() : 0;
        permissions |= (bits & 2) != 0 ? WRITE_DATA.bit() | APPEND_DATA.bit() : 0;
        return permissions | ((bits & 1) != 0 ? EXECUTE.bit() : 0);
    }

    /**
     * Whether ZFS marks an ACL as no more than a mode (ZFS_ACL_TRIVIAL): it then lets anybody look at the attributes without
     * asking the ACL. A wider notion than {@link Nfs4Acl#isTrivial}.
     */
    static boolean isToZfs(Nfs4Acl acl) {
        return acl.entries().stream().allMatch(Nfs4Trivial::isToZfs);
    }

    private static boolean isToZfs(Nfs4Entry entry) {
        boolean isOwner = entry.who().equals(Who.OWNER);
        int inheritance = Nfs4Flag.FILE_INHERIT.bit()
                | Nfs4Flag.DIRECTORY_INHERIT.bit()
                | Nfs4Flag.NO_PROPAGATE.bit()
                | Nfs4Flag.INHERIT_ONLY.bit();
        return !entry.who().kind().isNamed()
                && (entry.flags() & inheritance) == 0
                // Releases differ in whether deletion of children may be there: the stricter one.
                && !entry.isAbout(Nfs4Permission.DELETE.bit() | Nfs4Permission.DELETE_CHILD.bit())
                && !(entry.type() == Nfs4Entry.Type.DENY && entry.isAbout(READ_ACL.bit() | READ_ATTRIBUTES.bit()))
                && !(entry.type() == Nfs4Entry.Type.ALLOW && !isOwner && entry.isAbout(KEEP));
    }
}
