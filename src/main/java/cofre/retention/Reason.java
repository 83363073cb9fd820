package cofre.retention;

/** Why a candidate is kept or dropped. */
public sealed interface Reason {
    /** Whether it is enough to be kept. */
    boolean keeps();

    /** For people, as part of a line. */
    String text();

    /**
     * A rule keeps it.
     *
     * @param oldest whether only because it is the oldest of all and the rule had not kept its number: history reaches as
     *     far back as it can
     */
    record KeptBy(Rule rule, boolean oldest) implements Reason {
        @Override
        public boolean keeps() {
            return true;
        }

        @Override
        public String text() {
            return (oldest ? "oldest " : "") + rule.text();
        }
    }

    /** Its time is not before now: a clock was wrong, then or now. Nobody knows how old it is, so it stays. */
    record OfTheFuture() implements Reason {
        @Override
        public boolean keeps() {
            return true;
        }

        @Override
        public String text() {
            return "time in the future";
        }
    }

    /** It stays whatever the policy says. */
    record Shielded(Candidate.Shield by) implements Reason {
        @Override
        public boolean keeps() {
            return true;
        }

        @Override
        public String text() {
            return by.text();
        }
    }

    /** A rule does not keep it. */
    record PassedBy(Rule rule, Miss miss) implements Reason {
        @Override
        public boolean keeps() {
            return false;
        }

        @Override
        public String text() {
            return rule.text() + ": "
                    + switch (miss) {
                        case TAGS -> "other tags";
                        case TOO_OLD -> "too old";
                        case COUNT_REACHED -> rule.count() + " newer are kept";
                        case SAME_INTERVAL ->
                            "a newer one stands for its "
                                    + rule.interval().map(Interval::noun).orElse("place");
                    };
        }
    }

    /** What a candidate lacks for a rule. */
    enum Miss {
        /** It has not the tags. */
        TAGS,
        /** It is older than the rule reaches. */
        TOO_OLD,
        /** The rule has kept its number of newer ones. */
        COUNT_REACHED,
        /** The rule has kept a newer one of the same interval. */
        SAME_INTERVAL
    }
}
