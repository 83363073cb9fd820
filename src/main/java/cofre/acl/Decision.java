package cofre.acl;

/** Whether somebody may do something with one object, whatever the way to it. Pure; as the kernels decide. */
public final class Decision {
    private static final int READ_BIT = 4;
    private static final int EXECUTE_BIT = 1;

    private Decision() {}

    /** The answer. */
    public static boolean permits(Rights rights, Caller caller, Want want) {
        // Neither kernel lets anybody, root and ACL or not, run a file whose mode lets nobody run it.
        if (want == Want.SEARCH && !rights.isDirectory() && !rights.isRunnable()) {
            return false;
        }
        if (caller.isRoot()) {
            return true;
        }
        Control control = rights.control();
        if (control instanceof Control.Nfs4 nfs4) {
            return Nfs4Decision.permits(nfs4.acl(), rights, caller, want);
        }
        if (control instanceof Control.Unknown && caller.uid() != rights.owner()) {
            return false;
        }
        return switch (want) {
            case ATTRIBUTES, ACL -> true; // on Linux nothing but the way to the object is asked for
            case READ, NAMED_ATTRIBUTES -> grants(rights, caller, READ_BIT);
            case SEARCH -> grants(rights, caller, EXECUTE_BIT);
        };
    }

    private static boolean grants(Rights rights, Caller caller, int bit) {
        return rights.control() instanceof Control.Posix posix
                ? PosixDecision.grants(posix.acl(), rights, caller, bit)
                : (rights.classBits(caller) & bit) != 0;
    }
}
