package cofre.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is begun when; T1 for schedules: the clock a year ahead, in 1970, set back a little. */
class AgendaTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Jitter NONE = new Jitter("host", Duration.ZERO);
    private static final Task DAILY = new Task("a", Schedule.parse("daily 22:00"), "g");

    private Instant now = Instant.parse("2026-06-01T10:00:00Z");
    private long nanos;
    private Agenda agenda = new Agenda(BERLIN, NONE, Map.of(), Pauses.NONE);

    private void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    private List<Due> look(Task... tasks) {
        return agenda.look(List.of(tasks), now, nanos);
    }

    private boolean begins(Task task) {
        boolean due = !look(task).isEmpty();
        agenda.ended(task.name());
        return due;
    }

    private void restart() {
        agenda = new Agenda(BERLIN, NONE, agenda.standings(), agenda.pauses());
        nanos = 12345;
    }

    /** Begun while time passes in steps of a minute. */
    private int runs(Task task, Duration passing) {
        int runs = 0;
        for (long i = 0; i < passing.toMinutes(); i++) {
            pass(Duration.ofMinutes(1));
            runs += begins(task) ? 1 : 0;
        }
        return runs;
    }

    @Test
    void waitsForTheFirstDueTimeAndRunsOnceADay() {
        assertThat(begins(DAILY)).as("never seen before").isFalse();
        assertThat(runs(DAILY, Duration.ofHours(9))).isZero();
        assertThat(agenda.next("a")).contains(Instant.parse("2026-06-01T20:00:00Z"));
        assertThat(runs(DAILY, Duration.ofHours(1))).isEqualTo(1);
        assertThat(runs(DAILY, Duration.ofDays(10))).isEqualTo(10);
    }

    @Test
    void whatWasMissedIsDoneOnceAfterwards() {
        begins(DAILY);
        pass(Duration.ofDays(3));
        restart();
        assertThat(look(DAILY)).containsExactly(new Due("a", Instant.parse("2026-06-01T20:00:00Z"), 1));
        agenda.ended("a");
        assertThat(begins(DAILY)).isFalse();
        assertThat(runs(DAILY, Duration.ofDays(1))).isEqualTo(1);
    }

    @Test
    void aRunThatWasKilledIsBegunAgainButNotForEver() {
        begins(DAILY);
        pass(Duration.ofHours(11));
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(look(DAILY).get(0).attempt()).isEqualTo(attempt);
            restart();
        }
        assertThat(look(DAILY))
                .singleElement()
                .satisfies(due -> assertThat(due.isGivenUp()).isTrue());
        assertThat(look(DAILY)).isEmpty();
        assertThat(runs(DAILY, Duration.ofDays(1))).isEqualTo(1);
    }

    @Test
    void aRunThatWasStoppedOnPurposeIsBegunAgainHoweverOften() {
        begins(DAILY);
        pass(Duration.ofHours(11));
        for (int i = 0; i < 10; i++) {
            assertThat(look(DAILY).get(0).attempt()).isEqualTo(1);
            agenda.stopped("a");
            restart();
        }
        assertThat(begins(DAILY)).isTrue();
        assertThat(begins(DAILY)).isFalse();
    }

    @Test
    void neverRunsBesideItselfAndDoesWhatBecameDueMeanwhileOnce() {
        Task often = new Task("a", Schedule.parse("every 15 min"), "g");
        begins(often);
        pass(Duration.ofMinutes(15));
        assertThat(look(often)).hasSize(1);
        pass(Duration.ofHours(2));
        assertThat(look(often)).isEmpty();
        agenda.ended("a");
        assertThat(begins(often)).isTrue();
        assertThat(begins(often)).isFalse();
    }

    @Test
    void aClockAYearAheadStartsOneRunAndStopsNothing() {
        assertThat(runs(DAILY, Duration.ofHours(20))).isEqualTo(1);
        now = now.plus(Duration.ofDays(365));
        assertThat(begins(DAILY)).isTrue();
        assertThat(runs(DAILY, Duration.ofHours(12))).isZero();
        now = now.minus(Duration.ofDays(365));
        assertThat(runs(DAILY, Duration.ofDays(3))).isEqualTo(3);
    }

    @Test
    void aClockIn1970StartsOneRunADayAndOneWhenItIsRightAgain() {
        begins(DAILY);
        Instant right = now;
        now = Instant.parse("1970-01-01T00:00:00Z");
        assertThat(runs(DAILY, Duration.ofDays(2))).isEqualTo(2);
        now = right.plus(Duration.ofDays(2));
        assertThat(begins(DAILY)).isTrue();
        assertThat(runs(DAILY, Duration.ofDays(2))).isEqualTo(2);
        restart();
        now = Instant.parse("1970-01-01T00:00:00Z");
        assertThat(runs(DAILY, Duration.ofDays(2)))
                .as("after a start without a clock that keeps time")
                .isEqualTo(2);
    }

    @Test
    void aClockSetBackALittleRepeatsNothing() {
        assertThat(runs(DAILY, Duration.ofHours(10).plusMinutes(5))).isEqualTo(1);
        for (Duration back : List.of(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofMinutes(20))) {
            now = now.minus(back);
            assertThat(runs(DAILY, back)).as("%s", back).isZero();
        }
        assertThat(runs(DAILY, Duration.ofDays(1))).isEqualTo(1);
        Task often = new Task("b", Schedule.parse("every 15 min"), "g");
        runs(often, Duration.ofHours(1));
        now = now.minus(Duration.ofHours(1));
        assertThat(runs(often, Duration.ofHours(1))).as("nor does it stop").isBetween(3, 5);
    }

    @Test
    void pausedTasksWaitAndAreDoneOnceAfterwards() {
        begins(DAILY);
        agenda.pause(Pauses.NONE.with("a", true));
        assertThat(runs(DAILY, Duration.ofDays(3))).isZero();
        restart();
        assertThat(begins(DAILY)).as("remembered").isFalse();
        agenda.pause(new Pauses(true, Set.of()));
        assertThat(begins(DAILY)).isFalse();
        agenda.pause(Pauses.NONE);
        assertThat(begins(DAILY)).isTrue();
        assertThat(begins(DAILY)).isFalse();
    }

    @Test
    void anotherScheduleBeginsFromNow() {
        begins(DAILY);
        pass(Duration.ofHours(20));
        Task changed = new Task("a", Schedule.parse("daily 04:00"), "g");
        assertThat(begins(changed)).isFalse();
        assertThat(runs(changed, Duration.ofDays(1))).isEqualTo(1);
        assertThat(runs(new Task("a", Schedule.parse("never"), "g"), Duration.ofDays(1)))
                .isZero();
    }

    @Test
    void tasksOfOneGroupBeginTogetherAndLateByNoMoreThanTheJitter() {
        agenda = new Agenda(BERLIN, new Jitter("host", Duration.ofMinutes(10)), Map.of(), Pauses.NONE);
        Task other = new Task("b", DAILY.schedule(), "g");
        look(DAILY, other);
        now = Instant.parse("2026-06-01T20:00:00Z");
        int seconds = 0;
        List<Due> due = look(DAILY, other);
        while (due.isEmpty() && seconds <= 600) {
            pass(Duration.ofSeconds(1));
            seconds++;
            due = look(DAILY, other);
        }
        assertThat(due).extracting(Due::task).containsExactly("a", "b");
        assertThat(seconds).isBetween(1, 600);
    }

    /** Minutes at which it is begun, each time in vain. */
    private List<Long> beginsInVain(Task task, Duration passing) {
        List<Long> begun = new ArrayList<>();
        for (long minute = 1; minute <= passing.toMinutes(); minute++) {
            pass(Duration.ofMinutes(1));
            if (!look(task).isEmpty()) {
                begun.add(minute);
                agenda.failed(task.name(), nanos);
            }
        }
        return begun;
    }

    @Test
    void whatFailsIsTriedAgainAFewTimesMoreAndMoreRarely() {
        look(DAILY);
        runs(DAILY, Duration.ofHours(9).plusMinutes(59));
        assertThat(beginsInVain(DAILY, Duration.ofHours(12))).containsExactly(1L, 6L, 16L, 36L, 76L, 156L);
        assertThat(beginsInVain(DAILY, Duration.ofDays(1)))
                .as("the next night from the beginning")
                .hasSize(6);
    }

    @Test
    void noRetryOutlivesTheNextDueTimeOrASuccess() {
        Task hourly = new Task("a", Schedule.parse("every 15 min"), "a");
        look(hourly);
        assertThat(beginsInVain(hourly, Duration.ofMinutes(30)))
                .as("due, five later, due")
                .containsExactly(15L, 20L, 30L);
        pass(Duration.ofMinutes(15));
        assertThat(begins(hourly)).isTrue();
        assertThat(runs(hourly, Duration.ofMinutes(13))).isZero();
    }
}
