package cofre.acl;

/**
 * Who may do what with one object.
 *
 * @param owner uid
 * @param group gid
 * @param mode permission bits; more bits do not hurt
 * @param isDirectory whether it is a directory
 * @param control what else there is
 */
public record Rights(long owner, long group, int mode, boolean isDirectory, Control control) {
    private static final int SOMEBODY_RUNS = 0111;

    /** Whether the mode lets anybody run it: without that not even root can. */
    boolean isRunnable() {
        return (mode & SOMEBODY_RUNS) != 0;
    }

    /** The three bits of the mode's class the caller is in. */
    int classBits(Caller caller) {
        if (caller.uid() == owner) {
            return mode >> 6 & 07;
        }
        return caller.groups().contains(group) ? mode >> 3 & 07 : mode & 07;
    }
}
