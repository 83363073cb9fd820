package cofre.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.retention.Rule.Every;
import cofre.retention.Rule.EveryWithin;
import cofre.retention.Rule.Last;
import cofre.retention.Rule.Tagged;
import cofre.retention.Rule.Within;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPolicyTest {
    private static final CalendarSpan WEEK = CalendarSpan.parse("7d");

    @Test
    void refusesToBeEmpty() {
        assertThatThrownBy(RetentionPolicy::of)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot use policy: no rules vs one or more; it would keep nothing");
    }

    @Test
    void refusesTwoRulesOfAKind() {
        assertThatThrownBy(() -> RetentionPolicy.of(new Every(Interval.DAILY, 7), new Every(Interval.DAILY, 14)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("daily snapshot");
        assertThat(RetentionPolicy.of(new Every(Interval.DAILY, 7), new EveryWithin(Interval.DAILY, WEEK))
                        .rules())
                .hasSize(2);
        assertThat(RetentionPolicy.of(Tagged.parse("a"), Tagged.parse("b")).rules())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, Integer.MIN_VALUE})
    void refusesCountsThatKeepNothing(int count) {
        assertThatThrownBy(() -> new Last(count)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Every(Interval.YEARLY, count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot keep yearly: " + count + " vs 1 or more, or -1 for unlimited");
    }

    @Test
    void refusesATagRuleWithoutTags() {
        assertThatThrownBy(() -> new Tagged(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bringsRulesIntoResticsOrder() {
        Rule tags = Tagged.parse("a");
        Rule within = new Within(WEEK);
        Rule last = new Last(1);
        Rule hourly = new Every(Interval.HOURLY, 1);
        Rule yearly = new Every(Interval.YEARLY, 1);
        Rule hourlyWithin = new EveryWithin(Interval.HOURLY, WEEK);
        Rule yearlyWithin = new EveryWithin(Interval.YEARLY, WEEK);
        assertThat(RetentionPolicy.of(yearlyWithin, hourlyWithin, yearly, hourly, last, within, tags)
                        .rules())
                .containsExactly(tags, within, last, hourly, yearly, hourlyWithin, yearlyWithin);
    }
}
