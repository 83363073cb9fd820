package cofre.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    private static String written(Instant time) {
        JsonBytes out = new JsonBytes(1);
        Rfc3339.write(time, out);
        return unquoted(out);
    }

    private static String written(ZonedDateTime time) {
        JsonBytes out = new JsonBytes(1);
        Rfc3339.write(time, out);
        return unquoted(out);
    }

    private static String unquoted(JsonBytes out) {
        String text = new String(out.toByteArray(), StandardCharsets.US_ASCII);
        assertThat(text).startsWith("\"").endsWith("\"");
        return text.substring(1, text.length() - 1);
    }

    private static Instant instant(String text) throws FormatException {
        return Rfc3339.instant(text.toCharArray(), 0, text.length());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1970-01-01T00:00:00Z",
        "1600000000, 120000000, 2020-09-13T12:26:40.12Z", // trailing zeros go
        "1600000000, 1, 2020-09-13T12:26:40.000000001Z",
        "-1, 999999999, 1969-12-31T23:59:59.999999999Z",
        "951782400, 0, 2000-02-29T00:00:00Z",
        "-62167219200, 0, 0000-01-01T00:00:00Z", // first that the format holds
        "253402300799, 0, 9999-12-31T23:59:59Z", // last that it holds
        "253402300800, 5, 9999-01-01T00:00:00.000000005Z", // year 10000: restic keeps month and day
        "-62167219201, 0, 0000-12-31T23:59:59Z", // year -1
        "253407398400, 0, 9999-03-01T00:00:00Z", // 10000-02-29: 9999 has none
    })
    void writesWhatGoWrites(long second, long nano, String expected) {
        assertThat(written(Instant.ofEpochSecond(second, nano))).isEqualTo(expected);
    }

    @Test
    void extremesOfTheClockAreMovedIntoRange() {
        assertThat(written(Instant.MAX)).isEqualTo("9999-12-31T23:59:59.999999999Z");
        assertThat(written(Instant.MIN)).isEqualTo("0000-01-01T00:00:00Z");
    }

    @Property
    void agreesWithJavaTime(
            @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano)
            throws FormatException {
        Instant time = Instant.ofEpochSecond(second, nano);
        String text = written(time);
        LocalDateTime local = LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC);
        assertThat(OffsetDateTime.parse(text).toLocalDateTime()).isEqualTo(local);
        assertThat(instant(text)).isEqualTo(time);
    }

    @Property
    void offsetsComeBack(
            @ForAll @LongRange(min = -60_000_000_000L, max = 250_000_000_000L) long second,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int minutes)
            throws FormatException {
        ZonedDateTime time = Instant.ofEpochSecond(second).atZone(ZoneOffset.ofTotalSeconds(minutes * 60));
        String text = written(time);
        assertThat(OffsetDateTime.parse(text)).isEqualTo(time.toOffsetDateTime());
        assertThat(Rfc3339.zoned(text.toCharArray(), 0, text.length())).isEqualTo(time);
    }

    @Test
    void anOffsetWithSecondsIsWrittenAsUtc() {
        ZonedDateTime time = Instant.EPOCH.atZone(ZoneOffset.ofTotalSeconds(-11_188)); // São Paulo before 1914
        assertThat(written(time)).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void readsAnyOffsetAndLongFractions() throws FormatException {
        assertThat(instant("2018-01-15T10:00:00.1234567899-02:00"))
                .isEqualTo(Instant.parse("2018-01-15T12:00:00.123456789Z"));
        assertThat(instant("0000-01-01T00:00:00+23:59")).isEqualTo(Instant.ofEpochSecond(-62_167_219_200L - 86_340));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2020",
                "2020-01-01",
                "2020-01-01 00:00:00Z",
                "2020-01-01T00:00:00",
                "2020-01-01T00:00Z",
                "2020-13-01T00:00:00Z",
                "2020-00-01T00:00:00Z",
                "2021-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z", // no leap year
                "2020-04-31T00:00:00Z",
                "2020-01-01T24:00:00Z",
                "2020-01-01T00:00:60Z",
                "2020-01-01T00:00:00.Z",
                "2020-01-01T00:00:00,5Z",
                "2020-01-01T00:00:00+24:00",
                "2020-01-01T00:00:00+01:60",
                "2020-01-01T00:00:00Zx",
                "+2020-01-01T00:00:00Z",
                "12020-01-01T00:00:00Z",
                "2020-01-01T00:00:00z"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> instant(text))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("cannot read time: ");
    }

    @Test
    void aZonedTimeBeyondEighteenHoursIsRefused() {
        String text = "2020-01-01T00:00:00+18:01";
        assertThatThrownBy(() -> Rfc3339.zoned(text.toCharArray(), 0, text.length()))
                .isInstanceOf(FormatException.class);
    }
}
