package cofre.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How a share's changes are to be found.
 *
 * @param wanted what the configuration, or who asked, wants
 * @param auditEvery after this time a run looks at everything besides what was told; not more than this apart
 * @param parts in how many nights every directory is looked at once, a part each night; 0 for never
 */
public record DetectionRules(Wanted wanted, Duration auditEvery, int parts) {
    /** What is wanted. */
    public enum Wanted {
        /** Whatever costs least. */
        CHEAPEST,
        /** By the names {@code zfs diff} tells, even where sending would be permitted. */
        DIFF,
        /** A walk. */
        WALK,
        /** Both: by what is told, and then a walk that compares. */
        AUDIT,
        /** The same, of what {@code zfs diff} tells. */
        AUDIT_DIFF
    }

    /** {@code zfs diff} is known to leave changes out: what it tells is compared with a walk every day. */
    private static final Duration DIFF_AUDIT = Duration.ofDays(1);

    /** A day's last point may come a little earlier than the one before. */
    private static final Duration GRACE = Duration.ofHours(1);

    /** The same rules for a run that was asked to do it in this way; what an audit compares with is what was wanted. */
    public DetectionRules with(Wanted asked) {
        boolean auditsDiff = wanted == Wanted.DIFF && asked == Wanted.AUDIT;
        return new DetectionRules(auditsDiff ? Wanted.AUDIT_DIFF : asked, auditEvery, parts);
    }

    /** Whether names are to be asked for, even where sending would be permitted. */
    boolean isByDiff() {
        return wanted == Wanted.DIFF || wanted == Wanted.AUDIT_DIFF;
    }

    /** Whether everything is to be looked at by a run that would otherwise not. */
    boolean isAuditDue(Detection last, Detection.Method method, Instant now) {
        if (wanted == Wanted.AUDIT || wanted == Wanted.AUDIT_DIFF) {
            return true;
        }
        Duration every =
                method == Detection.Method.DIFF && DIFF_AUDIT.compareTo(auditEvery) < 0 ? DIFF_AUDIT : auditEvery;
        return last.lastAudit().isEmpty()
                || !last.lastAudit().get().plus(every).minus(GRACE).isAfter(now);
    }

    /** The part to be looked at by this run; empty when it was done today. */
    Optional<Integer> partDue(Detection last, Instant now) {
        if (parts == 0 || last.lastPart().map(DetectionRules::day).equals(Optional.of(day(now)))) {
            return Optional.empty();
        }
        return Optional.of((last.part() + 1) % parts);
    }

    private static LocalDate day(Instant moment) {
        return moment.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** Whether a directory belongs to a part: spread evenly, whatever the numbers are. */
    boolean isInPart(long directory, int part) {
        long mixed = directory * 0x9E3779B97F4A7C15L;
        return Long.remainderUnsigned(mixed >>> 16, parts) == part;
    }
}
