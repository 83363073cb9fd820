package cofre.retention;

import java.util.List;
import java.util.Optional;

/** One way to be kept. The texts are restic's, so that both can be laid side by side. */
public sealed interface Rule {
    /** Count for all there are. */
    int UNLIMITED = -1;

    /** The reason it gives: {@code daily snapshot}. */
    String text();

    /** How many it keeps; {@link #UNLIMITED} where the number is not what bounds it. */
    default int count() {
        return UNLIMITED;
    }

    /** How far before the newest candidate it reaches; empty for all the way. */
    default Optional<CalendarSpan> span() {
        return Optional.empty();
    }

    /** Of what it keeps only the newest of each; empty when it keeps every candidate. */
    default Optional<Interval> interval() {
        return Optional.empty();
    }

    /** Whether it looks at things with these tags at all. */
    default boolean concerns(List<String> tags) {
        return true;
    }

    /** Where in the policy it stands; the same for two rules of which a policy can have one. */
    int place();

    /** The newest {@code count}. */
    record Last(int count) implements Rule {
        public Last {
            checkCount("last", count);
        }

        @Override
        public String text() {
            return "last snapshot";
        }

        @Override
        public int place() {
            return 2;
        }
    }

    /** The newest of each of the newest {@code count} intervals that have any. */
    record Every(Interval each, int count) implements Rule {
        public Every {
            checkCount(each.adverb(), count);
        }

        @Override
        public String text() {
            return each.adverb() + " snapshot";
        }

        @Override
        public Optional<Interval> interval() {
            return Optional.of(each);
        }

        @Override
        public int place() {
            return 3 + each.rank();
        }
    }

    /** All that are younger than {@code reach}, seen from the newest. */
    record Within(CalendarSpan reach) implements Rule {
        @Override
        public String text() {
            return "within " + reach;
        }

        @Override
        public Optional<CalendarSpan> span() {
            return Optional.of(reach);
        }

        @Override
        public int place() {
            return 1;
        }
    }

    /** The newest of each interval, among those that are younger than {@code reach}, seen from the newest. */
    record EveryWithin(Interval each, CalendarSpan reach) implements Rule {
        @Override
        public String text() {
            return each.adverb() + " within " + reach;
        }

        @Override
        public Optional<CalendarSpan> span() {
            return Optional.of(reach);
        }

        @Override
        public Optional<Interval> interval() {
            return Optional.of(each);
        }

        @Override
        public int place() {
            return 8 + each.rank();
        }
    }

    /**
     * All that have each of these tags. The empty tag is had by what has no tags; restic then asks for none of the tags
     * behind it, and neither do we. A policy may have several of this rule.
     */
    record Tagged(List<String> all) implements Rule {
        public Tagged {
            all = List.copyOf(all);
            if (all.isEmpty()) {
                throw new IllegalArgumentException("cannot keep by tags: none named vs one or more");
            }
        }

        /** The rule for tags separated by commas; space around them is left out. */
        public static Tagged parse(String text) {
            return new Tagged(
                    List.of(text.split(",", -1)).stream().map(String::strip).toList());
        }

        @Override
        public boolean concerns(List<String> tags) {
            if (tags.isEmpty()) {
                return all.get(0).isEmpty();
            }
            return tags.containsAll(all);
        }

        @Override
        public String text() {
            return "has tags [" + String.join(", ", all) + "]";
        }

        @Override
        public int place() {
            return 0;
        }
    }

    private static void checkCount(String name, int count) {
        if (count < 1 && count != UNLIMITED) {
            throw new IllegalArgumentException(
                    "cannot keep " + name + ": " + count + " vs 1 or more, or " + UNLIMITED + " for unlimited");
        }
    }
}
