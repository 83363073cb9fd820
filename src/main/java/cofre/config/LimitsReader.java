package cofre.config;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how fast a repository may be used: one rate, or a table of rates by the time of the week. */
final class LimitsReader {
    private static final long MIN = 64 << 10;

    /** Packs that share a line at one time, as the engine sends them. */
    private static final int UPLOADS = 4;

    /** Less than the hour after which a request is given up. */
    private static final long MOST_SECONDS = 2700;

    private static final String RATE = "a rate such as \"2 MiB/s\", at least 64 KiB/s, or \"unlimited\"";
    private static final String WINDOW = "days and times such as \"mon-fri 08:00-18:00\", \"sat,sun 00:00-24:00\" or"
            + " \"daily 22:00-06:00\"; or other";
    private static final Pattern FORM = Pattern.compile("([a-z,-]+) ([0-9]{1,2}:[0-9]{2})-([0-9]{1,2}:[0-9]{2})");
    private static final Pattern TIME = Pattern.compile("([01]?[0-9]|2[0-3]):([0-5][0-9])");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private LimitsReader() {}

    static TransferLimits read(Table table, long packSize) {
        TransferLimits limits =
                new TransferLimits(timetable(table, "upload_limit"), timetable(table, "download_limit"));
        long slowest = limits.upload().slowest();
        if (slowest > 0 && packSize * UPLOADS / slowest > MOST_SECONDS) {
            table.fault(
                    "upload_limit",
                    (slowest >> 10) + " KiB/s",
                    "at least " + ((packSize * UPLOADS / MOST_SECONDS) >> 10)
                            + " KiB/s for this pack_size, or smaller packs");
        }
        return limits;
    }

    private static Timetable timetable(Table table, String key) {
        if (!table.isTable(key)) {
            return new Timetable(
                    List.of(), table.read(key, RATE, LimitsReader::rate).orElse(0L));
        }
        Table windows = table.table(key);
        List<Timetable.Window> read = new ArrayList<>();
        long other = 0;
        for (String name : windows.names()) {
            long rate = windows.read(name, RATE, LimitsReader::rate).orElse(0L);
            if (name.equals("other")) {
                other = rate;
                continue;
            }
            Optional<Timetable.Window> window = window(name, rate);
            if (window.isEmpty()) {
                windows.fault(name, Faults.quoted(name), WINDOW);
            }
            window.ifPresent(read::add);
        }
        return new Timetable(read, other);
    }

    private static Optional<Long> rate(String text) {
        if (text.equals("unlimited")) {
            return Optional.of(0L);
        }
        return text.endsWith("/s")
                ? Quantities.size(text.substring(0, text.length() - 2)).filter(rate -> rate >= MIN)
                : Optional.empty();
    }

    private static Optional<Timetable.Window> window(String text, long rate) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Set<DayOfWeek> days = days(matcher.group(1));
        Optional<LocalTime> from = time(matcher.group(2));
        Optional<LocalTime> to =
                matcher.group(3).equals("24:00") ? Optional.of(LocalTime.MIDNIGHT) : time(matcher.group(3));
        return days.isEmpty() || from.isEmpty() || to.isEmpty()
                ? Optional.empty()
                : Optional.of(new Timetable.Window(days, from.get(), to.get(), rate));
    }

    private static Optional<LocalTime> time(String text) {
        Matcher matcher = TIME.matcher(text);
        return matcher.matches()
                ? Optional.of(LocalTime.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** None when one of them is no day. */
    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.equals("daily") ? List.of("mon-sun") : List.of(text.split(",", -1))) {
            String[] ends = part.split("-", -1);
            int from = DAYS.indexOf(ends[0]);
            int to = DAYS.indexOf(ends[ends.length - 1]);
            if (ends.length > 2 || from < 0 || to < 0) {
                return Set.of();
            }
            for (int day = from; ; day = (day + 1) % DAYS.size()) {
                days.add(DayOfWeek.of(day + 1));
                if (day == to) {
                    break;
                }
            }
        }
        return days;
    }
}
