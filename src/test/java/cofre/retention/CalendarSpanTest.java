package cofre.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarSpanTest {
    @ParameterizedTest
    @CsvSource({
        "1y5m7d2h, 1y5m7d2h",
        "2h7d5m1y, 1y5m7d2h", // any order
        "' 30d ', 30d",
        "0y3d, 3d",
        "037h, 37h",
        "1000000h, 1000000h",
    })
    void readsWhatResticReads(String text, String written) {
        assertThat(CalendarSpan.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0d",
                "0y0m0d0h", // no length
                "d",
                "3",
                "3w",
                "3 d",
                "1d 2h",
                "-1d",
                "+1d",
                "1.5d",
                "1D", // not of the form
                "1d1d", // restic would use the last
                "1000001h",
                "99999999d", // out of bounds
                "\u0663d", // digits that are none here
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> CalendarSpan.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot ");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-15T10:00:00+02:00, 1d, 2026-06-14T10:00:00+02:00",
        "2026-03-31T10:00:00Z, 1m, 2026-03-03T10:00:00Z", // 31 February, counted on
        "2024-03-31T10:00:00Z, 1m, 2024-03-02T10:00:00Z", // of a leap year
        "2024-02-29T10:00:00Z, 1y, 2023-03-01T10:00:00Z",
        "2026-03-31T10:00:00Z, 1m3d, 2026-02-28T10:00:00Z", // 28 February: months first, then days
        "2026-01-15T01:00:00Z, 1y1m1d2h, 2024-12-13T23:00:00Z",
        "2026-01-15T01:00:00Z, 25m, 2023-12-15T01:00:00Z",
        "2026-01-15T00:30:00.000000001Z, 1h, 2026-01-14T23:30:00.000000001Z",
    })
    void countsBackOnTheCalendar(OffsetDateTime time, String span, OffsetDateTime expected) {
        assertThat(CalendarSpan.parse(span).before(time)).isEqualTo(expected);
    }

    @Test
    void theLongestEndsBeforeAllHistory() {
        CalendarSpan longest = new CalendarSpan(CalendarSpan.MAX, CalendarSpan.MAX, CalendarSpan.MAX, CalendarSpan.MAX);
        assertThat(longest.before(OffsetDateTime.parse("0001-01-01T00:00:00Z")).getYear())
                .isNegative();
    }
}
