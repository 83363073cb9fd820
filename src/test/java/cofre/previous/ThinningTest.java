package cofre.previous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ThinningTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:15:30Z");

    @Test
    void keepsAllThatFit() {
        List<Instant> times = every(Duration.ofMinutes(5), 512);

        assertThat(Thinning.choose(times, 512)).hasSize(512).containsAll(times);
        assertThat(Thinning.choose(List.of(), 1)).isEmpty();
    }

    @Test
    void keepsRecentOnesDenselyAndOldOnesSparsely() {
        List<Instant> times = every(Duration.ofMinutes(15), 4 * 24 * 365 * 3);

        NavigableSet<Instant> chosen = Thinning.choose(times, 512);

        assertThat(chosen).hasSize(512);
        assertThat(chosen.last()).isEqualTo(times.get(0));
        assertThat(chosen).as("every quarter of an hour of a day").containsAll(times.subList(0, 4 * 24));
        assertThat(periods(chosen, t -> t.truncatedTo(ChronoUnit.HOURS), Duration.ofHours(95)))
                .as("hours")
                .hasSize(96);
        assertThat(periods(chosen, ThinningTest::day, Duration.ofDays(95)))
                .as("days")
                .hasSize(96);
        assertThat(periods(chosen, t -> (day(t).toEpochDay() + 3) / 7, Duration.ofDays(94 * 7)))
                .as("weeks")
                .hasSizeGreaterThanOrEqualTo(94);
        assertThat(periods(chosen, t -> day(t).withDayOfMonth(1), Duration.ofDays(365 * 3)))
                .as("months")
                .hasSize(37);
    }

    @Test
    void choosesTheLastMomentOfAPeriod() {
        List<Instant> times = new ArrayList<>(every(Duration.ofHours(1), 24 * 400));

        NavigableSet<Instant> chosen = Thinning.choose(times, 40);

        assertThat(chosen).contains(Instant.parse("2026-10-31T23:15:30Z"), Instant.parse("2026-11-20T23:15:30Z"));
    }

    @Test
    void neverShowsMoreThanTheCapNorOneSecondTwiceAndAlwaysTheNewest() {
        Random random = new Random(20261121);
        for (int round = 0; round < 200; round++) {
            int cap = 1 + random.nextInt(Thinning.MAX_CAP);
            List<Instant> times = new ArrayList<>();
            for (int i = random.nextInt(3000); i >= 0; i--) {
                times.add(NOW.minusMillis((long) (Math.abs(random.nextGaussian()) * 3e10)));
            }
            Set<Instant> seconds = times.stream()
                    .map(t -> t.truncatedTo(ChronoUnit.SECONDS))
                    .collect(Collectors.toCollection(TreeSet::new));

            NavigableSet<Instant> chosen = Thinning.choose(times, cap);

            assertThat(chosen).hasSize(Math.min(cap, seconds.size()));
            assertThat(seconds).containsAll(chosen);
            assertThat(chosen.last()).isEqualTo(new TreeSet<>(seconds).last());
            Collections.shuffle(times, random);
            assertThat(Thinning.choose(times, cap)).isEqualTo(chosen);
            assertThat(Thinning.choose(chosen, cap)).isEqualTo(chosen);
        }
    }

    @Test
    void refusesACapSambaCannotShow() {
        assertThatThrownBy(() -> Thinning.choose(List.of(), 513)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Thinning.choose(List.of(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Instant> every(Duration step, int count) {
        List<Instant> times = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            times.add(NOW.minus(step.multipliedBy(i)));
        }
        return times;
    }

    private static LocalDate day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static Set<Object> periods(NavigableSet<Instant> chosen, Function<Instant, Object> period, Duration back) {
        return chosen.tailSet(NOW.minus(back)).stream().map(period).collect(Collectors.toSet());
    }
}
