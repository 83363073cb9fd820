package cofre.acl;

/** ZFS's zfs_zaccess on FreeBSD, for callers other than root. */
final class Nfs4Decision {
    private Nfs4Decision() {}

    static boolean permits(Nfs4Acl acl, Rights rights, Caller caller, Want want) {
        boolean isOwner = caller.uid() == rights.owner();
        return switch (want) {
            case READ -> grants(acl, rights, caller, Nfs4Permission.READ_DATA);
            case SEARCH -> grants(acl, rights, caller, Nfs4Permission.EXECUTE);
            case ATTRIBUTES ->
                isOwner || Nfs4Trivial.isToZfs(acl) || grants(acl, rights, caller, Nfs4Permission.READ_ATTRIBUTES);
            case ACL -> isOwner || grants(acl, rights, caller, Nfs4Permission.READ_ACL);
            // FreeBSD's kernel asks for READ_DATA when an extended attribute is read (extattr_check_cred), the list's
            // own permission is asked by nobody there. A list that withholds it meant something: both are needed.
            case NAMED_ATTRIBUTES ->
                grants(acl, rights, caller, Nfs4Permission.READ_DATA)
                        && grants(acl, rights, caller, Nfs4Permission.READ_NAMED_ATTRIBUTES);
        };
    }

    /** The first entry that is for the caller and about this decides. */
    private static boolean grants(Nfs4Acl acl, Rights rights, Caller caller, Nfs4Permission permission) {
        for (Nfs4Entry entry : acl.entries()) {
            if (entry.isAbout(permission.bit())
                    && decides(entry, rights)
                    && entry.who().includes(caller, rights.owner(), rights.group())) {
                return entry.type() == Nfs4Entry.Type.ALLOW;
            }
        }
        return false;
    }

    /** ZFS passes over inherit-only entries of directories only: of a file they count as they stand. */
    private static boolean decides(Nfs4Entry entry, Rights rights) {
        boolean speaks = entry.type() == Nfs4Entry.Type.ALLOW || entry.type() == Nfs4Entry.Type.DENY;
        return speaks && !(rights.isDirectory() && entry.has(Nfs4Flag.INHERIT_ONLY));
    }
}
