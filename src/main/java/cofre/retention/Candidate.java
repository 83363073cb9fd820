package cofre.retention;

import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Something that may be kept or dropped.
 *
 * @param <K> what names it; its order decides between equal times, so that a plan does not depend on who listed first
 * @param id its name, once in a list
 * @param time of its content, with the offset of the clock its days and weeks are read on
 * @param tags words put on it; empty for what has none
 * @param shield what keeps it whatever the policy says
 */
public record Candidate<K extends Comparable<? super K>>(K id, OffsetDateTime time, List<String> tags, Shield shield) {
    /** What keeps a candidate whatever the policy says. */
    public enum Shield {
        /** Nothing: the policy decides. */
        NONE(""),
        /** Somebody said that it stays. */
        PINNED("pinned"),
        /** Somebody works with it; it can't be removed now. */
        HELD("held");

        private final String text;

        Shield(String text) {
            this.text = text;
        }

        /** For people; empty for none. */
        public String text() {
            return text;
        }
    }

    public Candidate {
        tags = List.copyOf(tags);
    }

    /** A restore point; pinned when it has the tag {@code pin}. */
    public static Candidate<SnapshotId> of(SnapshotId id, Snapshot snapshot, String pin) {
        return new Candidate<>(
                id,
                snapshot.time().toOffsetDateTime(),
                snapshot.tags(),
                snapshot.tags().contains(pin) ? Shield.PINNED : Shield.NONE);
    }
}
