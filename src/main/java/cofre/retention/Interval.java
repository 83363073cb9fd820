package cofre.retention;

import java.time.OffsetDateTime;
import java.time.temporal.IsoFields;

/** A stretch of the calendar of which one candidate may stand for all, read on the candidate's own clock. */
public enum Interval {
    /** The hour shown: the two hours of a night when clocks are set back are one where the offset was not kept. */
    HOURLY(0, "hourly", "hour") {
        @Override
        long number(OffsetDateTime time) {
            return DAILY.number(time) * 100 + time.getHour();
        }
    },
    /** The date. */
    DAILY(1, "daily", "day") {
        @Override
        long number(OffsetDateTime time) {
            return MONTHLY.number(time) * 100 + time.getDayOfMonth();
        }
    },
    /** The ISO 8601 week, Monday to Sunday: days about New Year may be of a week of the other year. */
    WEEKLY(2, "weekly", "week") {
        @Override
        long number(OffsetDateTime time) {
            return time.get(IsoFields.WEEK_BASED_YEAR) * 100L + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        }
    },
    /** The month of a year. */
    MONTHLY(3, "monthly", "month") {
        @Override
        long number(OffsetDateTime time) {
            return YEARLY.number(time) * 100 + time.getMonthValue();
        }
    },
    /** The year. */
    YEARLY(4, "yearly", "year") {
        @Override
        long number(OffsetDateTime time) {
            return time.getYear();
        }
    };

    private final int rank;
    private final String adverb;
    private final String noun;

    Interval(int rank, String adverb, String noun) {
        this.rank = rank;
        this.adverb = adverb;
        this.noun = noun;
    }

    /** The same number for times of the same interval, another for another. */
    abstract long number(OffsetDateTime time);

    /** 0 for the shortest to 4 for the longest: the order in which rules are told. */
    int rank() {
        return rank;
    }

    /** {@code daily}. */
    String adverb() {
        return adverb;
    }

    /** {@code day}. */
    String noun() {
        return noun;
    }
}
