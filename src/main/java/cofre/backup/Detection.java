package cofre.backup;

import java.time.Instant;
import java.util.Optional;

/**
 * How a run found out what changed.
 *
 * @param method how
 * @param why why so, a part of a sentence
 * @param lastAudit when a walk last looked at everything; empty when never
 * @param lastPart when a run last looked at a part of the tree besides what had changed
 * @param part which part that was: 0 and up
 * @param missed how many entries the last audit found changed that nothing had told of
 * @param distrust why changes are looked for by walking until an administrator says otherwise; empty when they are not
 */
public record Detection(
        Method method,
        String why,
        Optional<Instant> lastAudit,
        Optional<Instant> lastPart,
        int part,
        long missed,
        String distrust) {
    /** The ways there are. */
    public enum Method {
        /** Every directory was listed and every entry looked at. */
        WALK("walk"),
        /** By the objects in what {@code zfs send -i} writes. */
        STREAM("zfs send"),
        /** By the names {@code zfs diff} tells. */
        DIFF("zfs diff");

        private final String text;

        Method(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    /** Nothing is known yet. */
    public static final Detection NONE = new Detection(Method.WALK, "", Optional.empty(), Optional.empty(), 0, 0, "");

    Detection by(Method now, String because) {
        return new Detection(now, because, lastAudit, lastPart, part, missed, distrust);
    }

    /** Everything was looked at, with nothing to compare with. */
    Detection walked(Instant when) {
        return new Detection(method, why, Optional.of(when), Optional.of(when), part, missed, distrust);
    }

    /** Entries that nothing had told of were met. */
    Detection missed(long found, String reason) {
        return new Detection(method, why, lastAudit, lastPart, part, found, distrust.isEmpty() ? reason : distrust);
    }

    /** Everything was looked at and compared. */
    Detection audited(Instant when, long found, String reason) {
        return new Detection(
                method, why, Optional.of(when), Optional.of(when), part, found, distrust.isEmpty() ? reason : distrust);
    }

    /** A part was looked at. */
    Detection partAudited(Instant when, int which, long found, String reason) {
        return new Detection(
                method,
                why,
                lastAudit,
                Optional.of(when),
                which,
                found == 0 ? missed : found,
                distrust.isEmpty() ? reason : distrust);
    }

    /** An administrator has looked into it. */
    public Detection trusted() {
        return new Detection(method, why, lastAudit, lastPart, part, 0, "");
    }
}
