package cofre.state;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.testkit.FakeTime;
import cofre.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassedTimeTest {
    @TempDir
    private Path dir;

    private final SettableClock wall = new SettableClock("2026-03-01T10:00:00Z");
    private final FakeTime nanos = new FakeTime();

    private PassedTime time() {
        return new PassedTime(dir.resolve("passed"), wall, nanos);
    }

    private void pass(Duration by) {
        wall.advance(by);
        nanos.advance(by);
    }

    @Test
    void goesWithTheClockThatIsNeverSet() throws Exception {
        PassedTime time = time();
        assertThat(time.now()).isZero();
        pass(Duration.ofDays(3));
        assertThat(time.now()).isEqualTo(Duration.ofDays(3));
        wall.advance(Duration.ofDays(4000));
        assertThat(time.now()).isEqualTo(Duration.ofDays(3));
        wall.advance(Duration.ofDays(-8000));
        nanos.advance(Duration.ofHours(1));
        assertThat(time.now()).isEqualTo(Duration.ofDays(3).plusHours(1));
    }

    @Test
    void ofATimeNobodySawADayCountsAtMost() throws Exception {
        time().now();
        wall.advance(Duration.ofHours(5));
        assertThat(time().now()).isEqualTo(Duration.ofHours(5));
        wall.advance(Duration.ofDays(365));
        assertThat(time().now()).isEqualTo(Duration.ofHours(29));
        wall.advance(Duration.ofDays(-365));
        assertThat(time().now()).isEqualTo(Duration.ofHours(29));
    }

    @Test
    void whatIsLostBeginsAnew() throws Exception {
        time().now();
        Files.writeString(dir.resolve("passed"), "nonsense");
        assertThat(time().now()).isZero();
    }
}
