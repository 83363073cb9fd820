package cofre.config;

/**
 * How it is found out what changed in a share.
 *
 * @param method by what
 * @param auditDays after so many days everything is looked at: 1 to 365
 * @param auditParts in how many days every directory is looked at once, a part each day; 0 for never
 */
public record ChangeSettings(Method method, int auditDays, int auditParts) {
    /** What {@code change_detection} may say. */
    public enum Method {
        /** By what costs least, and is permitted: {@code auto}. */
        AUTO,
        /** By {@code zfs diff}: {@code diff}. */
        DIFF,
        /** By looking at everything each time: {@code walk}. */
        WALK
    }
}
