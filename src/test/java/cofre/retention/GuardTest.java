package cofre.retention;

import static cofre.retention.Points.NOW;
import static cofre.retention.Points.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {
    private static final List<Candidate<Integer>> FOUR =
            at("2026-06-15T10:00:00Z", "2026-06-14T10:00:00Z", "2026-06-13T10:00:00Z", "2026-06-12T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "50, 0, 2, true", // exactly the share
        "49, 0, 2, false",
        "49, 2, 2, true", // so few may always go
        "49, 1, 2, false",
        "75, 0, 1, true",
        "74, 0, 1, false",
        "1, 0, 4, true", // none goes
    })
    void h20StopsWhenMoreThanAShareWouldGo(int percent, int always, int keep, boolean carriedOut) {
        RetentionPlan<Integer> plan = plan(FOUR, new Guard(percent, always, Optional.empty()), keep);
        if (carriedOut) {
            assertThat(plan.refusals()).isEmpty();
            assertThat(plan.removals()).hasSize(4 - keep);
        } else {
            assertThat(plan.refusals()).containsExactly(new Refusal.RemovesTooMany(4 - keep, 4, percent));
            assertThat(plan.removals()).isEmpty();
            assertThat(plan.dropped()).hasSize(4 - keep);
        }
    }

    @Test
    void h20PointsOfTheFutureDoNotMakeTheShareLookSmall() {
        List<Candidate<Integer>> list = new ArrayList<>(FOUR);
        for (int i = 4; i < 40; i++) {
            list.add(new Candidate<>(i, at("2030-01-01T00:00:00Z").get(0).time(), List.of(), Candidate.Shield.NONE));
        }
        assertThat(plan(list, new Guard(50, 0, Optional.empty()), 1).refusals())
                .containsExactly(new Refusal.RemovesTooMany(3, 4, 50));
    }

    @Test
    void h20StopsWhenTheNewestIsOld() {
        Guard twoHours = new Guard(100, 0, Optional.of(Duration.ofHours(2)));
        assertThat(plan(FOUR, twoHours, 1).refusals()).isEmpty();
        Guard oneHour = new Guard(100, 0, Optional.of(Duration.ofHours(1)));
        assertThat(plan(FOUR, oneHour, 1).refusals())
                .containsExactly(new Refusal.NothingRecent(Duration.ofHours(2), Duration.ofHours(1)));
        assertThat(plan(FOUR, oneHour, 4).refusals()).as("nothing would go").isEmpty();
    }

    @Test
    void saysWhatIsOddWhatWasDoneAndWhatToDo() {
        assertThat(new Refusal.RemovesAll(3).text())
                .isEqualTo("cannot thin: all 3 would go vs at least 1 to stay; nothing was removed; "
                        + "look at the policy, or remove by name what is not wanted");
        assertThat(new Refusal.RemovesTooMany(3, 4, 50).text()).contains("3 of 4", "50 %", "nothing was removed");
        assertThat(new Refusal.NothingRecent(Duration.ofDays(3), Duration.ofHours(26)).text())
                .contains("72 h old vs at most 26 h");
    }

    @Test
    void refusesBoundsThatBoundNothing() {
        assertThatThrownBy(() -> new Guard(0, 0, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Guard(101, 0, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Guard(50, -1, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Guard(50, 0, Optional.of(Duration.ZERO)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RetentionPlan<Integer> plan(List<Candidate<Integer>> list, Guard guard, int keep) {
        return new Retention(RetentionPolicy.of(new Rule.Last(keep)), guard).plan(list, NOW);
    }
}
