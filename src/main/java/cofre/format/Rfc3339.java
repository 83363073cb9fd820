package cofre.format;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Times as Go writes and reads them: RFC 3339 with as many digits of the fraction as needed, {@code Z} for no offset.
 *
 * <p>Years outside 0000 to 9999, which the format cannot hold, are moved to the nearest year that it can, month, day and
 * time of day kept: what restic does with a file whose clock was broken, so that such a file is still saved.
 */
final class Rfc3339 {
    private static final int DAY = 86_400;
    private static final int DAYS_0000_TO_1970 = 719_528;
    private static final int DAYS_IN_400_YEARS = 146_097;
    private static final int MAX_YEAR = 9999;

    private Rfc3339() {}

    /** Writes the time in UTC, between JSON's quotes. */
    static void write(Instant time, JsonBytes out) {
        out.reserve(40);
        out.put('"');
        local(time.getEpochSecond(), time.getNano(), out);
        out.put('Z');
        out.put('"');
    }

    /** The same as a text. */
    static String text(Instant time) {
        JsonBytes out = new JsonBytes(40);
        write(time, out);
        byte[] quoted = out.toByteArray();
        return new String(quoted, 1, quoted.length - 2, StandardCharsets.US_ASCII);
    }

    /** Writes the time with its own offset; one that is not whole minutes cannot be written, so that goes to UTC. */
    static void write(ZonedDateTime time, JsonBytes out) {
        int offset = time.getOffset().getTotalSeconds();
        if (offset == 0 || offset % 60 != 0) {
            write(time.toInstant(), out);
            return;
        }
        out.reserve(40);
        out.put('"');
        local(time.toEpochSecond() + offset, time.getNano(), out);
        out.put(offset < 0 ? '-' : '+');
        int minutes = Math.abs(offset) / 60;
        two(minutes / 60, out);
        out.put(':');
        two(minutes % 60, out);
        out.put('"');
    }

    private static void local(long seconds, int nanos, JsonBytes out) {
        date(Math.floorDiv(seconds, (long) DAY), out);
        out.put('T');
        int second = (int) Math.floorMod(seconds, (long) DAY);
        two(second / 3600, out);
        out.put(':');
        two(second / 60 % 60, out);
        out.put(':');
        two(second % 60, out);
        fraction(nanos, out);
    }

    /** Civil date of a day number, with years that begin in March so that the leap day comes last. */
    private static void date(long epochDay, JsonBytes out) {
        long shifted = epochDay + DAYS_0000_TO_1970 - 60; // from 0000-03-01
        long era = Math.floorDiv(shifted, (long) DAYS_IN_400_YEARS);
        int dayOfEra = (int) Math.floorMod(shifted, (long) DAYS_IN_400_YEARS);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int march = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * march + 2) / 5 + 1;
        int month = march < 10 ? march + 3 : march - 9;
        long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
        if (year > MAX_YEAR && month == 2 && day == 29) {
            month = 3; // 9999 has no leap day; Go rolls over to the next day
            day = 1;
        }
        int shown = (int) Math.max(0, Math.min(MAX_YEAR, year));
        two(shown / 100, out);
        two(shown % 100, out);
        out.put('-');
        two(month, out);
        out.put('-');
        two(day, out);
    }

    private static void two(int value, JsonBytes out) {
        out.put('0' + value / 10);
        out.put('0' + value % 10);
    }

    private static void fraction(int nanos, JsonBytes out) {
        if (nanos == 0) {
            return;
        }
        out.put('.');
        int rest = nanos;
        for (int unit = 100_000_000; rest > 0; unit /= 10) {
            out.put('0' + rest / unit);
            rest %= unit;
        }
    }

    /** The instant this text names, whatever offset it is written with. */
    static Instant instant(char[] text, int from, int length) throws FormatException {
        Fields fields = new Fields(text, from, length);
        return Instant.ofEpochSecond(fields.localSeconds - fields.offset, fields.nanos);
    }

    /** The time this text names, with its offset. */
    static ZonedDateTime zoned(char[] text, int from, int length) throws FormatException {
        Fields fields = new Fields(text, from, length);
        if (Math.abs(fields.offset) > ZoneOffset.MAX.getTotalSeconds()) {
            throw Fields.bad();
        }
        return Instant.ofEpochSecond(fields.localSeconds - fields.offset, fields.nanos)
                .atZone(ZoneOffset.ofTotalSeconds(fields.offset));
    }

    /** A scan over one time. */
    private static final class Fields {
        private final char[] text;
        private final int end;
        private int at;
        private final long localSeconds;
        private final int nanos;
        private final int offset;

        Fields(char[] text, int from, int length) throws FormatException {
            this.text = text;
            this.at = from;
            this.end = from + length;
            int year = number(4, 0, MAX_YEAR);
            expect('-');
            int month = number(2, 1, 12);
            expect('-');
            int day = number(2, 1, daysIn(year, month));
            expect('T');
            int seconds = number(2, 0, 23) * 3600;
            expect(':');
            seconds += number(2, 0, 59) * 60;
            expect(':');
            seconds += number(2, 0, 59);
            this.localSeconds = epochDay(year, month, day) * DAY + seconds;
            this.nanos = nanos();
            this.offset = offset();
            if (at != end) {
                throw bad();
            }
        }

        private int nanos() throws FormatException {
            if (at >= end || text[at] != '.') {
                return 0;
            }
            at++;
            int start = at;
            int value = 0;
            for (int unit = 100_000_000; at < end && text[at] >= '0' && text[at] <= '9'; unit /= 10) {
                value += (text[at++] - '0') * unit; // digits past the ninth weigh nothing
            }
            if (at == start) {
                throw bad();
            }
            return value;
        }

        private int offset() throws FormatException {
            char sign = at < end ? text[at++] : 0;
            if (sign == 'Z') {
                return 0;
            }
            if (sign != '+' && sign != '-') {
                throw bad();
            }
            int seconds = number(2, 0, 23) * 3600;
            expect(':');
            seconds += number(2, 0, 59) * 60;
            return sign == '-' ? -seconds : seconds;
        }

        private int number(int digits, int min, int max) throws FormatException {
            int value = 0;
            for (int i = 0; i < digits; i++) {
                char c = at < end ? text[at++] : 0;
                if (c < '0' || c > '9') {
                    throw bad();
                }
                value = value * 10 + c - '0';
            }
            if (value < min || value > max) {
                throw bad();
            }
            return value;
        }

        private void expect(char c) throws FormatException {
            if (at >= end || text[at++] != c) {
                throw bad();
            }
        }

        private static int daysIn(int year, int month) {
            boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            return month == 2 ? (leap ? 29 : 28) : 30 + ((month + month / 8) & 1);
        }

        private static long epochDay(int year, int month, int day) {
            int y = month <= 2 ? year - 1 : year;
            long era = Math.floorDiv(y, 400);
            int yearOfEra = Math.floorMod(y, 400);
            int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
            int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
            return era * DAYS_IN_400_YEARS + dayOfEra - DAYS_0000_TO_1970 + 60;
        }

        private static FormatException bad() {
            return new FormatException("cannot read time: something else vs YYYY-MM-DDThh:mm:ss with an offset");
        }
    }
}
