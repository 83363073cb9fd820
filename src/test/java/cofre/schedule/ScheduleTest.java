package cofre.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words and expressions; T3 for schedules: days when clocks are set. */
class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> next(String schedule, ZoneId zone, String after, int times) {
        Schedule parsed = Schedule.parse(schedule);
        List<String> found = new ArrayList<>();
        Instant at = Instant.parse(after);
        for (int i = 0; i < times; i++) {
            at = parsed.next(at, zone).orElseThrow();
            found.add(at.toString());
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "every 15 min,     2026-01-01T00:15:00Z",
        "every 2 h,        2026-01-01T02:00:00Z",
        "every 1 h,        2026-01-01T01:00:00Z",
        "hourly,           2026-01-01T01:00:00Z",
        "daily 22:00,      2026-01-01T22:00:00Z",
        "daily 0:00,       2026-01-02T00:00:00Z",
        "weekly sun 03:30, 2026-01-04T03:30:00Z",
        "weekly thu 00:00, 2026-01-08T00:00:00Z",
        "monthly 1 04:00,  2026-01-01T04:00:00Z",
        "monthly 31 04:00, 2026-01-31T04:00:00Z",
        "5 4 * * mon-fri,  2026-01-01T04:05:00Z",
        "0 0 29 2 *,       2028-02-29T00:00:00Z",
        "0 0 13 * 5,       2026-01-02T00:00:00Z", // as in crontab(5): the 13th, and every Friday
        "0 0 * * 7,        2026-01-04T00:00:00Z",
    })
    void readsWordsAndCronExpressions(String schedule, String first) {
        assertThat(next(schedule, ZoneOffset.UTC, "2026-01-01T00:00:00Z", 1)).containsExactly(first);
        assertThat(Schedule.parse(schedule)).hasToString(schedule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "every 7 min     | 7 min vs 1, 2, 3",
                "every 60 min    | 60 min vs 1, 2, 3",
                "every 24 h      | 24 h vs 1, 2, 3",
                "every 0 min     | 0 min vs",
                "every 5 days    | unit days vs min or h",
                "daily 24:00     | time 24:00 vs 00:00 to 23:59",
                "daily           | words that are not known vs \"every 15 min\"",
                "Daily 22:00     | words that are not known",
                "weekly sunday 03:00 | day sunday vs one of sun, mon",
                "monthly 32 03:00 | day 32 vs 1 to 31",
                "monthly 0 03:00 | day 0 vs 1 to 31",
                "60 * * * *      | not in range [0, 59]",
                "* * * *         | 4 parts",
                "0 * * * * *     | 6 parts",
                "*/0 * * * *     | Period 0",
                "0 0 30 2 *      | a date no year has vs one that comes",
                "0 0 L * *       | Invalid chars",
                "@daily          | vs \"every 15 min\"",
                "''              | words that are not known",
            })
    void refusesWithWhatWasExpected(String schedule, String why) {
        assertThatThrownBy(() -> Schedule.parse(schedule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot read schedule \"" + schedule + "\": ")
                .hasMessageContaining(why);
    }

    @Test
    void t3ATimeThatDoesNotExistIsDueOnceRightAfterTheGap() {
        assertThat(next("daily 02:30", BERLIN, "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(next("0,30 2,3 * * *", BERLIN, "2026-03-28T12:00:00Z", 3))
                .as("02:00, 02:30 and 03:00 are one moment")
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:00:00Z");
        assertThat(next("daily 22:00", ZoneId.of("Pacific/Apia"), "2011-12-30T07:00:00Z", 3))
                .as("a whole day was left out")
                .containsExactly("2011-12-30T08:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T08:00:00Z");
    }

    @Test
    void t3ATimeThatExistsTwiceIsDueTheFirstTime() {
        assertThat(next("daily 02:30", BERLIN, "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(next("daily 02:30", BERLIN, "2026-10-25T01:10:00Z", 1))
                .as("asked in the second")
                .containsExactly("2026-10-26T01:30:00Z");
    }

    @Test
    void t3EveryHourGoesOnWithHoursAsTheyPass() {
        assertThat(next("every 30 min", BERLIN, "2026-10-25T00:00:00Z", 4))
                .containsExactly(
                        "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z");
        assertThat(next("every 30 min", BERLIN, "2026-03-29T00:30:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z");
    }

    @Test
    void neverIsNever() {
        assertThat(Schedule.parse("never").next(Instant.EPOCH, BERLIN)).isEqualTo(Optional.empty());
        assertThat(Schedule.parse("never").isNever()).isTrue();
    }
}
