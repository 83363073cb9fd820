package cofre.acl;

/** Linux's acl_permission_check and posix_acl_permission, for callers other than root. */
final class PosixDecision {
    private static final int GROUP_CLASS = 070;

    private PosixDecision() {}

    static boolean grants(PosixAcl acl, Rights rights, Caller caller, int bit) {
        // The owner's entry is kept equal to the mode's bits. A mask of nothing makes Linux not look at the list at
        // all:
        // somebody named in it is then one of the others.
        if (caller.uid() == rights.owner() || (rights.mode() & GROUP_CLASS) == 0) {
            return (rights.classBits(caller) & bit) != 0;
        }
        boolean inGroup = false;
        for (PosixAcl.Entry entry : acl.entries()) {
            boolean has = (entry.permissions() & bit) != 0;
            switch (entry.tag()) {
                case USER -> {
                    if (entry.id() == caller.uid()) {
                        return has && isUnmasked(acl, bit);
                    }
                }
                case OWNING_GROUP, GROUP -> {
                    long group = entry.tag() == PosixAcl.Tag.GROUP ? entry.id() : rights.group();
                    if (caller.groups().contains(group)) {
                        inGroup = true;
                        if (has) { // any of his groups may grant it
                            return isUnmasked(acl, bit);
                        }
                    }
                }
                case OTHER -> {
                    return has && !inGroup;
                }
                default -> {} // the owner was asked before, the mask is asked when somebody matches
            }
        }
        return false;
    }

    private static boolean isUnmasked(PosixAcl acl, int bit) {
        return acl.entries().stream()
                .filter(entry -> entry.tag() == PosixAcl.Tag.MASK)
                .allMatch(mask -> (mask.permissions() & bit) != 0);
    }
}
