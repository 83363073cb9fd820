package cofre.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimetableTest {
    private static final String TABLE = """
            [repository.r]
            url = "/r"
            password_file = "/p"
            upload_limit = { "mon-fri 08:00-18:00" = "1 MiB/s", "fri-sun 22:00-06:00" = "2 MiB/s", "sat,sun 00:00-24:00" = "3 MiB/s", other = "4 MiB/s" }
            """;

    /** 2026-11-20 was a Friday. The night of 25 October had an hour more. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T07:59:59Z[UTC], 4",
        "2026-11-20T08:00:00Z[UTC], 1",
        "2026-11-20T18:00:00Z[UTC], 4",
        "2026-11-20T23:00:00Z[UTC], 2",
        "2026-11-21T05:59:00Z[UTC], 2",
        "2026-11-21T06:00:00Z[UTC], 3",
        "2026-11-22T12:00:00Z[UTC], 3",
        "2026-11-23T01:00:00Z[UTC], 2",
        "2026-11-24T01:00:00Z[UTC], 4",
        "2026-10-25T01:30:00+01:00[Europe/Lisbon], 2",
        "2026-10-25T01:30:00Z[Europe/Lisbon], 2",
    })
    void theFirstWindowThatHoldsDecides(String time, long mebibytes) throws Exception {
        Timetable upload =
                ConfigReader.parse(TABLE).repositories().get("r").limits().upload();
        assertThat(upload.at(ZonedDateTime.parse(time))).isEqualTo(mebibytes << 20);
    }
}
