package cofre.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.source.SourceException;
import cofre.source.SourceId;
import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedDataset;
import cofre.testkit.SimulatedZfs;
import cofre.zfs.OwnSnapshots.Outcome;
import cofre.zfs.OwnSnapshots.Thinned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnSnapshotsTest {
    private static final String NAME = "cofre-20261121T101500Z";
    private static final Map<String, String> MARKS = Map.of("cofre:run", "run-1", "cofre:point", "20261121T101500Z");

    private final SettableClock clock = new SettableClock("2026-11-21T10:15:00Z");
    private final SimulatedZfs zfs = new SimulatedZfs(clock);
    private final SimulatedDataset obras = zfs.create("tank/obras");
    private final SourceId id = new SourceId(SourceId.Kind.ZFS, obras.guid(), "tank/obras");
    private final OwnSnapshots own = new OwnSnapshots(zfs, Duration.ofSeconds(5));

    @Test
    void listsOnlySnapshotsWithOurNameAndMarks() throws Exception {
        zfs.snapshot("tank/obras", NAME, MARKS);
        zfs.snapshot("tank/obras", "auto-2026", MARKS);
        zfs.snapshot("tank/obras", "cofre-20261121T101501Z", Map.of());
        zfs.snapshot("tank/obras", "cofre-20261121T101502Z", MARKS);
        zfs.snapshot("tank/obras", "cofre-manual", Map.of("cofre:run", "x", "cofre:point", "manual"));
        obras.holds(NAME).addAll(List.of("zrepl", "cofre:run"));

        List<OwnSnapshot> found = own.of(id);

        assertThat(found)
                .containsExactly(new OwnSnapshot(
                        "tank/obras@" + NAME,
                        "tank/obras",
                        obras.guidOf(NAME),
                        1001,
                        Instant.parse("2026-11-21T10:15:00Z"),
                        "run-1",
                        2,
                        true));
        assertThat(found.get(0).name()).isEqualTo(NAME);
    }

    @Test
    void destroysAnOwnSnapshot() throws Exception {
        zfs.snapshot("tank/obras", NAME, MARKS);
        OwnSnapshot snapshot = own.of(id).get(0);

        assertThat(own.destroy(snapshot)).isEqualTo(Outcome.DESTROYED);
        assertThat(own.destroy(snapshot)).isEqualTo(Outcome.ALREADY_GONE);
        assertThat(obras.snapshots()).isEmpty();
    }

    @Test
    void leavesAloneWhatSomebodyHolds() throws Exception {
        zfs.snapshot("tank/obras", NAME, MARKS);
        OwnSnapshot snapshot = own.of(id).get(0);
        obras.holds(NAME).add("zrepl");

        assertThat(own.destroy(snapshot)).isEqualTo(Outcome.HELD);
        assertThat(obras.snapshots()).containsExactly(NAME);
    }

    @Test
    void leavesAloneWhatIsInUse() throws Exception {
        zfs.snapshot("tank/obras", NAME, MARKS);
        zfs.answerOnce(
                a -> a.get(0).equals("destroy"),
                SimulatedZfs.failed("cannot destroy snapshot tank/obras@" + NAME + ": dataset is busy"));

        assertThat(own.destroy(own.of(id).get(0))).isEqualTo(Outcome.BUSY);
    }

    @Test
    void leavesAloneAnotherSnapshotThatGotTheName() throws Exception {
        zfs.snapshot("tank/obras", NAME, MARKS);
        OwnSnapshot meant = own.of(id).get(0);
        zfs.snapshot("tank/obras", NAME, MARKS);

        assertThat(own.destroy(meant)).isEqualTo(Outcome.ALREADY_GONE);
        assertThat(obras.snapshots()).containsExactly(NAME);
    }

    @Test
    void destroysNothingWhoseMarksAreInheritedMissingOrWrong() throws Exception {
        obras.set("cofre:run", "run-1").set("cofre:point", "20261121T101500Z");
        zfs.snapshot("tank/obras", NAME, Map.of());
        zfs.snapshot("tank/obras", "cofre-20261121T101501Z", MARKS);
        zfs.snapshot("tank/obras", "manual", MARKS);
        assertThat(own.of(id)).isEmpty();
        for (String name : obras.snapshots()) {
            OwnSnapshot claimed = new OwnSnapshot(
                    "tank/obras@" + name, "tank/obras", obras.guidOf(name), 1, Instant.EPOCH, "run-1", 0, false);

            assertThatThrownBy(() -> own.destroy(claimed))
                    .isInstanceOf(SourceException.Refused.class)
                    .hasMessageContaining("it was left alone");
        }
        assertThat(obras.snapshots()).hasSize(3);
        assertThat(zfs.calls()).noneMatch(c -> c.get(0).equals("destroy"));
    }

    private Thinned thin(int keep) throws Exception {
        List<OwnSnapshot> all = own.of(id);
        return own.thin(all, Surplus.allButNewest(keep).of(all, Set.of()));
    }

    @Test
    void thinsTheOldestButNeverTheHeld() throws Exception {
        for (int i = 0; i < 6; i++) {
            String stamp = "20261121T10150" + i + "Z";
            zfs.snapshot("tank/obras", "cofre-" + stamp, Map.of("cofre:run", "run-" + i, "cofre:point", stamp));
        }
        zfs.snapshot("tank/obras", "daily", Map.of());
        obras.holds("cofre-20261121T101501Z").add("cofre:run");

        Thinned thinned = thin(2);

        assertThat(thinned.destroyed()).extracting(OwnSnapshot::runId).containsExactly("run-0", "run-2", "run-3");
        assertThat(thinned.kept()).extracting(OwnSnapshot::runId).containsExactly("run-1");
        assertThat(obras.snapshots())
                .containsExactly("cofre-20261121T101501Z", "cofre-20261121T101504Z", "cofre-20261121T101505Z", "daily");
    }

    @Test
    void thinningKeepsTheNewestWhateverItIsAsked() throws Exception {
        zfs.snapshot("tank/obras", NAME, MARKS);

        assertThat(thin(0).destroyed()).isEmpty();
    }

    @Test
    void aSnapshotMayVanishWhileTheHoldsAreListed() throws Exception {
        zfs.snapshot("tank/obras", NAME, MARKS);
        obras.holds(NAME).add("cofre:run");
        zfs.beforeNext(a -> a.get(0).equals("holds"), () -> zfs.destroy("tank/obras", NAME));

        assertThat(own.of(id)).isEmpty();
    }
}
