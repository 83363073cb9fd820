package cofre.retention;

import static cofre.retention.Points.at;
import static cofre.retention.Points.kept;
import static cofre.retention.Points.lines;
import static cofre.retention.Points.plan;
import static cofre.retention.Points.shielded;
import static cofre.retention.Points.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.retention.Candidate.Shield;
import cofre.retention.Rule.Every;
import cofre.retention.Rule.EveryWithin;
import cofre.retention.Rule.Last;
import cofre.retention.Rule.Tagged;
import cofre.retention.Rule.Within;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
    private static final List<Candidate<Integer>> DAYS = at(
            "2026-06-15T08:00:00Z",
            "2026-06-14T20:00:00Z",
            "2026-06-14T08:00:00Z",
            "2026-06-13T08:00:00Z",
            "2026-06-01T08:00:00Z");

    @Test
    void tellsOfEachWhyItStaysOrGoes() {
        assertThat(lines(plan(DAYS, new Every(Interval.DAILY, 2), new Within(CalendarSpan.parse("12h")))))
                .containsExactly(
                        "0 + within 12h, daily snapshot",
                        "1 + daily snapshot",
                        "2 - within 12h: too old; daily snapshot: 2 newer are kept",
                        "3 - within 12h: too old; daily snapshot: 2 newer are kept",
                        "4 - within 12h: too old; daily snapshot: 2 newer are kept");
        assertThat(lines(plan(DAYS, new Every(Interval.WEEKLY, 3))))
                .containsExactly(
                        "0 + weekly snapshot",
                        "1 + weekly snapshot",
                        "2 - weekly snapshot: a newer one stands for its week",
                        "3 - weekly snapshot: a newer one stands for its week",
                        "4 + weekly snapshot");
    }

    @Test
    void keepsTheOldestWhileARuleHasPlacesLeft() {
        assertThat(lines(plan(DAYS, new Every(Interval.MONTHLY, 2))).get(4)).isEqualTo("4 + oldest monthly snapshot");
        assertThat(lines(plan(DAYS, new EveryWithin(Interval.YEARLY, CalendarSpan.parse("1y"))))
                        .get(4))
                .isEqualTo("4 + oldest yearly within 1y");
        assertThat(kept(plan(DAYS, new Every(Interval.MONTHLY, 1)))).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 0 1", // each counts, whatever its day
        "-1, 0 1 2 3 4", // unlimited
        "9, 0 1 2 3 4", // more than there are
    })
    void keepsTheLast(int count, String expected) {
        assertThat(kept(plan(DAYS, new Last(count)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2d, 0 1 2", // exactly two days before the newest is outside
        "2d1h, 0 1 2 3",
        "14d, 0 1 2 3",
        "1m, 0 1 2 3 4",
    })
    void countsSpansFromTheNewestNotFromNow(String span, String expected) {
        assertThat(kept(plan(DAYS, new Within(CalendarSpan.parse(span))))).isEqualTo(expected);
    }

    @Test
    void keepsWhatHasAllTagsOfAList() {
        List<Candidate<Integer>> list = new ArrayList<>(DAYS);
        list.set(1, tagged(DAYS.get(1), "a", "b"));
        list.set(2, tagged(DAYS.get(2), "a"));
        assertThat(kept(plan(list, Tagged.parse("a, b")))).isEqualTo("1");
        assertThat(kept(plan(list, Tagged.parse("a,b"), Tagged.parse("a")))).isEqualTo("1 2");
        assertThat(kept(plan(list, Tagged.parse("")))).isEqualTo("0 3 4");
        assertThat(kept(plan(list, Tagged.parse(",a")))).isEqualTo("0 3 4");
        assertThat(kept(plan(list, Tagged.parse("a,")))).isEmpty();
    }

    @Test
    void keepsPinnedAndHeldOnesWithoutGivingThemAPlaceOfAnother() {
        List<Candidate<Integer>> list = new ArrayList<>(DAYS);
        list.set(2, shielded(DAYS.get(2), Shield.PINNED));
        list.set(4, shielded(DAYS.get(4), Shield.HELD));
        assertThat(lines(plan(list, new Every(Interval.DAILY, 2))))
                .containsExactly(
                        "0 + daily snapshot",
                        "1 + daily snapshot",
                        "2 + pinned",
                        "3 - daily snapshot: 2 newer are kept",
                        "4 + held");
    }

    @Test
    void removesOldestFirst() {
        assertThat(plan(DAYS, new Last(2)).removals()).containsExactly(4, 3, 2);
    }

    @Test
    void refusesToRemoveAllOfThePast() {
        List<Candidate<Integer>> list = new ArrayList<>(DAYS);
        RetentionPlan<Integer> all = plan(list, Tagged.parse("nobody"));
        assertThat(all.refusals()).containsExactly(new Refusal.RemovesAll(5));
        assertThat(all.removals()).isEmpty();
        assertThat(all.dropped()).hasSize(5);
        list.add(new Candidate<>(5, at("2099-01-01T00:00:00Z").get(0).time(), List.of(), Shield.NONE));
        assertThat(plan(list, Tagged.parse("nobody")).refusals()).containsExactly(new Refusal.RemovesAll(5));
    }

    @Test
    void plansNothingForNothing() {
        RetentionPlan<Integer> plan = plan(List.of(), new Last(1));
        assertThat(plan.decisions()).isEmpty();
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.removals()).isEmpty();
    }

    @Test
    void refusesTwoOfOneName() {
        List<Candidate<Integer>> list = List.of(DAYS.get(0), DAYS.get(0));
        assertThatThrownBy(() -> plan(list, new Last(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot plan retention: two candidates 0 vs one");
    }

    @Test
    void t1ClockSetBackOrAheadDropsNothingMore() {
        Retention retention = new Retention(
                RetentionPolicy.of(new Every(Interval.DAILY, 2), new Within(CalendarSpan.parse("1d"))), Guard.ONLY_ALL);
        List<Integer> right = retention.plan(DAYS, Points.NOW).removals();
        assertThat(right).containsExactly(4, 3, 2);
        assertThat(retention.plan(DAYS, Instant.parse("2027-06-15T12:00:00Z")).removals())
                .isEqualTo(right);
        assertThat(retention.plan(DAYS, Instant.parse("2026-06-14T12:00:00Z")).removals())
                .containsExactly(4);
        assertThat(retention.plan(DAYS, Instant.parse("2025-06-15T12:00:00Z")).removals())
                .isEmpty();
        assertThat(retention.plan(DAYS, Instant.EPOCH).removals()).isEmpty();
    }

    @Test
    void t2FutureNeverCountsAndNeverGoes() {
        List<Candidate<Integer>> list = at(
                "2027-01-01T00:00:00Z",
                "2027-01-01T00:00:00Z",
                "2026-06-15T12:00:00Z", // now itself
                "2026-06-15T11:59:59Z",
                "2026-06-14T11:00:00Z",
                "2026-06-12T11:00:00Z");
        assertThat(lines(plan(list, new Last(1), new Within(CalendarSpan.parse("2d")))))
                .containsExactly(
                        "0 + time in the future",
                        "1 + time in the future",
                        "2 + time in the future",
                        "3 + within 2d, last snapshot",
                        "4 + within 2d",
                        "5 - within 2d: too old; last snapshot: 1 newer are kept");
        assertThat(kept(plan(at("2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z"), new Last(1))))
                .isEqualTo("1 0");
    }

    @Test
    void t2EqualTimesAreTwoAndOrderedByName() {
        List<Candidate<Integer>> list =
                at("2026-06-14T10:00:00Z", "2026-06-14T12:00:00+02:00", "2026-06-14T10:00:00Z", "2026-06-13T10:00:00Z");
        assertThat(kept(plan(list, new Last(2)))).isEqualTo("0 1");
        assertThat(kept(plan(list, new Within(CalendarSpan.parse("1h"))))).isEqualTo("0 1 2");
        assertThat(kept(plan(list, new Every(Interval.DAILY, 2)))).isEqualTo("0 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // clocks set back: 01:30 twice; the offset tells them apart in time, not in the hour shown
                "HOURLY  | 2025-10-26T01:30:00Z 2025-10-26T01:30:00+01:00 2025-10-26T00:30:00+01:00 | 0 2",
                // clocks set ahead: 01 is not there
                "HOURLY  | 2025-03-30T02:10:00+01:00 2025-03-30T00:50:00Z 2025-03-30T00:10:00Z | 0 1",
                // a day of 25 hours is one day
                "DAILY   | 2025-10-26T23:30:00Z 2025-10-26T00:10:00+01:00 2025-10-25T23:50:00+01:00 | 0 2",
                // one moment's day depends on whose clock it was
                "DAILY   | 2026-06-14T00:30:00+02:00 2026-06-13T22:10:00Z 2026-06-13T23:00:00+02:00 | 0 1",
                // the server moved west: the day comes back
                "DAILY   | 2026-06-13T21:00:00-03:00 2026-06-14T00:30:00+02:00 2026-06-13T12:00:00+02:00 | 0 1",
                // 2020 has 53 ISO weeks, and its last reaches into 2021
                "WEEKLY  | 2021-01-04T00:00:00Z 2021-01-03T23:00:00Z 2020-12-28T00:00:00Z 2020-12-27T23:00:00Z | 0 1",
                // 30 December 2024 is of the first week of 2025
                "WEEKLY  | 2025-01-05T00:00:00Z 2024-12-30T00:00:00Z 2024-12-29T00:00:00Z 2024-12-28T00:00:00Z | 0 2",
                "MONTHLY | 2026-03-01T00:00:00Z 2026-02-28T23:59:59.999999999Z 2026-02-01T00:00:00Z | 0 1",
                "YEARLY  | 2026-01-01T00:00:00+05:45 2025-12-31T23:00:00+05:45 2025-01-01T00:00:00+05:45 | 0 1",
                // the same month of another year is another month
                "MONTHLY | 2026-05-10T00:00:00Z 2025-05-10T00:00:00Z 2024-05-10T00:00:00Z | 0 1",
            })
    void t3IntervalsAreOfTheCandidatesOwnClock(Interval each, String times, String expected) {
        assertThat(kept(plan(at(times.split(" ")), new Every(each, 2)))).isEqualTo(expected);
    }

    @Test
    void t3ADayIsADayOfTheNewestOnesOffset() {
        // Lisbon's clocks were set ahead on the 30th: 24 hours on the newest one's clock, 23 on the wall's.
        List<Candidate<Integer>> list =
                at("2025-03-30T12:00:00+01:00", "2025-03-29T11:30:00Z", "2025-03-29T11:00:01Z", "2025-03-29T11:00:00Z");
        assertThat(kept(plan(list, new Within(CalendarSpan.parse("1d"))))).isEqualTo("0 1 2");
    }

    @Test
    void t3ALeapSecondIsNoTimeOfItsOwn() {
        // POSIX clocks show 23:59:59 or 00:00:00 twice: equal times, both are there.
        List<Candidate<Integer>> list =
                at("2017-01-01T00:00:00Z", "2017-01-01T00:00:00Z", "2016-12-31T23:59:59Z", "2016-12-31T23:59:59Z");
        assertThat(kept(plan(list, new Last(4)))).isEqualTo("0 1 2 3");
        assertThat(kept(plan(list, new Every(Interval.YEARLY, 2)))).isEqualTo("0 2");
    }

    @Test
    void h20PlantedPointsOfTheFuturePushNothingOut() {
        List<Candidate<Integer>> list = new ArrayList<>(DAYS);
        for (int i = 0; i < 50; i++) {
            list.add(new Candidate<>(
                    100 + i, at("2026-07-01T00:00:00Z").get(0).time().plusDays(i), List.of(), Shield.NONE));
        }
        assertThat(plan(list, new Every(Interval.DAILY, 2)).removals()).containsExactly(4, 3, 2);
    }
}
