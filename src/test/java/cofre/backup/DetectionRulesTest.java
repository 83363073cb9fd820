package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.DetectionRules.Wanted;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DetectionRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static DetectionRules rules(Wanted wanted) {
        return new DetectionRules(wanted, Duration.ofDays(7), 28);
    }

    @Test
    void anAuditThatIsAskedForComparesWithWhatTheShareGoesBy() {
        assertThat(rules(Wanted.DIFF).with(Wanted.AUDIT).isByDiff()).isTrue();
        assertThat(rules(Wanted.CHEAPEST).with(Wanted.AUDIT).isByDiff()).isFalse();
        assertThat(rules(Wanted.DIFF).with(Wanted.WALK).wanted()).isEqualTo(Wanted.WALK);
    }

    @ParameterizedTest
    @EnumSource(
            value = Wanted.class,
            names = {"CHEAPEST", "DIFF", "WALK"})
    void anAuditThatIsAskedForIsDueWhateverIsConfigured(Wanted configured) {
        Detection justNow = Detection.NONE.walked(NOW);
        assertThat(rules(configured).isAuditDue(justNow, Detection.Method.DIFF, NOW))
                .isFalse();
        assertThat(rules(configured).with(Wanted.AUDIT).isAuditDue(justNow, Detection.Method.DIFF, NOW))
                .isTrue();
    }
}
