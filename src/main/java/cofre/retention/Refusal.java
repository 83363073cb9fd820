package cofre.retention;

import java.time.Duration;

/** Why nothing of a plan may be carried out. */
public sealed interface Refusal {
    /** For people: what is odd, what was done, what to do. */
    String text();

    /**
     * Nothing would be left, apart from what is of the future.
     *
     * @param all how many there are
     */
    record RemovesAll(int all) implements Refusal {
        @Override
        public String text() {
            return "cannot thin: all " + all + " would go vs at least 1 to stay; nothing was removed; "
                    + "look at the policy, or remove by name what is not wanted";
        }
    }

    /**
     * More would go at once than looks right.
     *
     * @param going how many would go
     * @param all of how many
     * @param maxPercent the most that may, in percent
     */
    record RemovesTooMany(int going, int all, int maxPercent) implements Refusal {
        @Override
        public String text() {
            return "cannot thin: " + going + " of " + all + " would go at once vs at most " + maxPercent
                    + " %; nothing was removed; look at the list for points nobody made, then allow it once";
        }
    }

    /**
     * The newest is so old that something else must be wrong.
     *
     * @param age of the newest
     * @param limit what it may be
     */
    record NothingRecent(Duration age, Duration limit) implements Refusal {
        @Override
        public String text() {
            return "cannot thin: the newest is " + age.toHours() + " h old vs at most " + limit.toHours()
                    + " h; nothing was removed; find out why nothing new is made";
        }
    }
}
