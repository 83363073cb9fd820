package cofre.control;

/**
 * Who connected, by the kernel's word at that moment.
 *
 * @param uid effective user
 * @param gid effective primary group
 */
public record Caller(long uid, long gid) {
    @Override
    public String toString() {
        return "uid " + uid;
    }
}
