package cofre.versions;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.browse.Version;
import cofre.path.RawPath;
import cofre.previous.PreviousVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLineTest {
    private static final String NOON = "2026-01-01T12:00:00Z";

    @Test
    void aMomentThatIsHereIsNotFetched() {
        PreviousVersion here = local("2026-01-01T12:00:00.25Z");
        TimeLine line = TimeLine.of(List.of(here), List.of(Records.remote("a", NOON)), 10);
        assertThat(line.local()).containsExactly(here);
        assertThat(line.remote()).isEmpty();
    }

    @Test
    void ofTwoRemoteOnesInOneSecondAlwaysTheSameIsShown() {
        Version a = Records.remote("a", NOON);
        Version b = Records.remote("b", "2026-01-01T12:00:00.9Z");
        TimeLine line = TimeLine.of(List.of(), List.of(a, b), 10);
        assertThat(line).isEqualTo(TimeLine.of(List.of(), List.of(b, a), 10));
        assertThat(line.remote()).hasSize(1);
    }

    @Test
    void bothKindsShareThePlaces() {
        List<PreviousVersion> local = new ArrayList<>();
        List<Version> remote = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            local.add(local(Instant.parse(NOON).plusSeconds(900L * i).toString()));
            remote.add(Records.remote(
                    "r" + i, Instant.parse(NOON).minusSeconds(86_400L * (i + 1)).toString()));
        }
        TimeLine line = TimeLine.of(local, remote, 100);
        assertThat(line.local().size() + line.remote().size()).isEqualTo(100);
        assertThat(line.local()).contains(local.get(499));
        assertThat(line.remote()).as("old ones sparsely, but there").hasSizeGreaterThan(30);
    }

    @Test
    void remoteOnesAreShownWhenTheyAreReady() {
        Version a = Records.remote("a", "2025-01-01T00:00:00Z");
        Version b = Records.remote("b", "2025-02-01T00:00:00Z");
        TimeLine line = TimeLine.of(List.of(local(NOON)), List.of(a, b), 10);
        List<PreviousVersion> shown = line.shown(
                b::equals, point -> RawPath.ofDisplay("/mnt/" + point.id().hex()));
        assertThat(shown)
                .containsExactly(new PreviousVersion(b.time(), RawPath.ofDisplay("/mnt/" + b.id().hex())), local(NOON));
    }

    private static PreviousVersion local(String time) {
        return new PreviousVersion(Instant.parse(time), RawPath.ofDisplay("/tank/obras/.zfs/snapshot/x"));
    }
}
