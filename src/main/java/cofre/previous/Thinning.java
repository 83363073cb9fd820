package cofre.previous;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which moments to show when there are more than can be: recent ones densely, older ones sparsely, like a retention
 * policy. A pure function of the moments: the clock does not matter, so nothing changes while nothing new comes.
 */
public final class Thinning {
    /** Windows and TrueNAS stop at 512 entries; Samba's answer overflows at about 1300 and is then empty. */
    public static final int MAX_CAP = 512;

    /** A quarter goes to the newest, the rest in equal parts to hours, days, weeks and months. */
    private static final int PARTS = 16;

    private static final int PARTS_PER_PERIOD = 3;

    private static final List<Function<ZonedDateTime, Object>> PERIODS = List.of(
            time -> time.truncatedTo(ChronoUnit.HOURS),
            ZonedDateTime::toLocalDate,
            time -> monday(time.toLocalDate()),
            time -> time.toLocalDate().withDayOfMonth(1));

    private Thinning() {}

    /**
     * At most {@code cap} of the moments, in whole seconds, each only once, oldest first. The newest is always among
     * them. Of every hour, day, week and month (UTC) that gets a place, the last moment is chosen; what is left of the
     * cap goes to the newest ones.
     *
     * @throws IllegalArgumentException when the cap is not 1 to {@value #MAX_CAP}
     */
    public static NavigableSet<Instant> choose(Collection<Instant> moments, int cap) {
        if (cap < 1 || cap > MAX_CAP) {
            throw new IllegalArgumentException(
                    "cannot show " + cap + " previous versions: vs 1 to " + MAX_CAP + "; nothing was changed");
        }
        NavigableSet<Instant> all = new TreeSet<>();
        for (Instant moment : moments) {
            all.add(moment.truncatedTo(ChronoUnit.SECONDS));
        }
        if (all.size() <= cap) {
            return all;
        }
        NavigableSet<Instant> chosen = new TreeSet<>();
        for (Function<ZonedDateTime, Object> period : PERIODS) {
            lastOfEach(period, all, cap * PARTS_PER_PERIOD / PARTS, chosen);
        }
        for (Instant moment : all.descendingSet()) {
            if (chosen.size() == cap) {
                break;
            }
            chosen.add(moment);
        }
        return chosen;
    }

    private static void lastOfEach(
            Function<ZonedDateTime, Object> period, NavigableSet<Instant> all, int places, Set<Instant> chosen) {
        Set<Object> seen = new HashSet<>();
        for (Instant moment : all.descendingSet()) {
            if (seen.size() == places) {
                return;
            }
            if (seen.add(period.apply(moment.atZone(ZoneOffset.UTC)))) {
                chosen.add(moment);
            }
        }
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
