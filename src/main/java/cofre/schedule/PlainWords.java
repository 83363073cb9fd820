package cofre.schedule;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Schedules in words, which are nothing but other spellings of cron expressions. */
final class PlainWords {
    private static final Pattern EVERY = Pattern.compile("every ([0-9]{1,3}) ?([a-z]+)");
    private static final Pattern DAILY = Pattern.compile("daily (\\S+)");
    private static final Pattern WEEKLY = Pattern.compile("weekly (\\S+) (\\S+)");
    private static final Pattern MONTHLY = Pattern.compile("monthly (\\S+) (\\S+)");
    private static final Pattern TIME = Pattern.compile("([01]?[0-9]|2[0-3]):([0-5][0-9])");
    private static final Pattern DAY = Pattern.compile("[1-9]|[12][0-9]|3[01]");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private PlainWords() {}

    /** The expression; what begins with none of the words is taken for one. */
    static String toCron(String said) {
        Matcher every = EVERY.matcher(said);
        Matcher daily = DAILY.matcher(said);
        Matcher weekly = WEEKLY.matcher(said);
        Matcher monthly = MONTHLY.matcher(said);
        if (every.matches()) {
            return every(said, Integer.parseInt(every.group(1)), every.group(2));
        } else if (said.equals("hourly")) {
            return "0 * * * *";
        } else if (daily.matches()) {
            return time(said, daily.group(1)) + " * * *";
        } else if (weekly.matches()) {
            return time(said, weekly.group(2)) + " * * " + day(said, weekly.group(1));
        } else if (monthly.matches()) {
            return time(said, monthly.group(2)) + " " + dayOfMonth(said, monthly.group(1)) + " * *";
        }
        if (said.isEmpty() || Character.isLetter(said.charAt(0))) {
            throw unreadable(said, "words that are not known", Schedule.EXPECTED);
        }
        return said;
    }

    private static String every(String said, int number, String unit) {
        boolean minutes = unit.equals("min");
        if (!minutes && !unit.equals("h")) {
            throw unreadable(said, "unit " + unit, "min or h");
        }
        int whole = minutes ? 60 : 24;
        // Others would make one step of each hour, or day, shorter than the rest.
        if (number < 1 || number >= whole || whole % number != 0) {
            throw unreadable(
                    said,
                    number + " " + unit,
                    minutes ? "1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30 min" : "1, 2, 3, 4, 6, 8 or 12 h");
        }
        return minutes ? "*/" + number + " * * * *" : "0 " + (number == 1 ? "*" : "*/" + number) + " * * *";
    }

    /** Minute and hour. */
    private static String time(String said, String time) {
        Matcher matcher = TIME.matcher(time);
        if (!matcher.matches()) {
            throw unreadable(said, "time " + time, "00:00 to 23:59");
        }
        return Integer.parseInt(matcher.group(2)) + " " + Integer.parseInt(matcher.group(1));
    }

    private static int day(String said, String day) {
        int number = DAYS.indexOf(day);
        if (number < 0) {
            throw unreadable(said, "day " + day, "one of " + String.join(", ", DAYS));
        }
        return number;
    }

    private static String dayOfMonth(String said, String day) {
        if (!DAY.matcher(day).matches()) {
            throw unreadable(said, "day " + day, "1 to 31");
        }
        return day;
    }

    private static ScheduleException unreadable(String said, String actual, String expected) {
        return new ScheduleException(said, actual, expected);
    }
}
