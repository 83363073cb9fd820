package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.control.Exit;
import cofre.testkit.Await;
import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedDataset;
import cofre.testkit.SimulatedZfs;
import cofre.zfs.Datasets;
import cofre.zfs.NeededViews;
import cofre.zfs.OwnSnapshots;
import cofre.zfs.ZfsChanges;
import cofre.zfs.ZfsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ZFS snapshots that stay here, through the whole daemon. */
@Timeout(60)
class LocalPointsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path dir;

    private final SettableClock clock = new SettableClock("2026-11-21T10:01:00Z");
    private final SimulatedZfs zfs = new SimulatedZfs(clock);
    private final SimulatedDataset dataset = zfs.create("tank/d");
    private LocalSetup setup;

    @BeforeEach
    void fillTheDataset() throws Exception {
        setup = new LocalSetup(dir).writeFiles();
        dataset.tree().dir("a").file("x", "one");
    }

    private Sources sources(NeededViews needed) {
        ZfsSource source = new ZfsSource(zfs, zfs, clock, clock::advance, DEADLINE, needed, e -> {});
        return new Sources(
                source,
                new OwnSnapshots(zfs, DEADLINE),
                new Datasets(zfs, DEADLINE),
                new ZfsChanges(zfs, DEADLINE, DEADLINE),
                source);
    }

    private DaemonInProcess daemon(String... share) throws Exception {
        DaemonInProcess daemon = new DaemonInProcess(
                dir,
                clock,
                this::sources,
                setup.repositoryTable(setup.repository().toString()),
                "[share.d]\nrepository = \"r\"\ndataset = \"tank/d\"\n" + String.join("\n", share) + "\n",
                setup.shareTable("plain", setup.live()));
        assertThat(daemon.run("init").exit()).isZero();
        return daemon;
    }

    private List<String> links() throws Exception {
        try (Stream<Path> links = Files.list(dir.resolve("previous/d"))) {
            return links.map(link -> link.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aSnapshotStaysHereUnheldAndIsShownAtOnce() throws Exception {
        try (DaemonInProcess daemon = daemon("")) {
            Answer taken = daemon.run("snapshot", "d");
            assertThat(taken.exit()).as(taken.err()).isZero();
            assertThat(taken.out()).contains("d: snapshot tank/d@cofre-20261121T100100Z");
            assertThat(dataset.holds("cofre-20261121T100100Z")).isEmpty();
            assertThat(links()).containsExactly("rp-20261121T100100Z");
            assertThat(setup.stored("snapshots")).as("sent nowhere").isEmpty();
            assertThat(daemon.run("status").out())
                    .contains("no restore point yet")
                    .contains("NEWEST HERE");
            assertThat(daemon.run("--json", "status").out()).contains("\"local_newest\":\"2026-11-21T10:01:00Z\"");
            assertThat(daemon.run("snapshot", "--all").exit()).isZero();
            assertThat(dataset.snapshots()).as("named a second later").hasSize(2);
        }
    }

    @Test
    void whatHasNoSnapshotsIsTold() throws Exception {
        try (DaemonInProcess daemon = daemon("")) {
            assertThat(daemon.run("snapshot", "plain").err()).contains("a plain directory vs a dataset");
            assertThat(daemon.run("snapshot").exit()).isEqualTo(Exit.USAGE);
            zfs.vanish("tank/d");
            Answer gone = daemon.run("snapshot", "d");
            assertThat(gone.exit()).isEqualTo(Exit.FAILED);
            assertThat(gone.err()).contains("share d: cannot ");
        }
    }

    @Test
    void theNextRunCountsChangesFromTheLastPointAndNotFromASnapshotThatStayedHere() throws Exception {
        try (DaemonInProcess daemon = daemon("keep_local = { last = 1 }")) {
            assertThat(daemon.run("backup", "d").exit()).isZero();
            clock.advance(Duration.ofMinutes(1));
            zfs.snapshot("tank/d", "by-hand", Map.of());
            for (int i = 0; i < 3; i++) {
                assertThat(daemon.run("snapshot", "d").exit()).isZero();
                clock.advance(Duration.ofMinutes(1));
            }
            assertThat(dataset.snapshots())
                    .as("the held one, somebody else's, and the newest")
                    .containsExactly("cofre-20261121T100100Z", "by-hand", "cofre-20261121T100400Z");
            assertThat(links()).containsExactly("rp-20261121T100100Z", "rp-20261121T100400Z");
            daemon.restart();
            assertThat(dataset.holds("cofre-20261121T100400Z"))
                    .as("no leftover of a killed run")
                    .isEmpty();
            Answer second = daemon.run("--json", "backup", "d");
            assertThat(second.exit()).as(second.err()).isZero();
            assertThat(daemon.run("--json", "status").out()).contains("\"base\":\"cofre-20261121T100500Z\"");
            assertThat(dataset.snapshots()).containsExactly("by-hand", "cofre-20261121T100500Z");
        }
    }

    @Test
    void theBoundHoldsWhateverThePolicyWants() throws Exception {
        try (DaemonInProcess daemon = daemon("keep_local = { last = 10 }", "local_points = 3")) {
            for (int i = 0; i < 5; i++) {
                daemon.run("snapshot", "d");
                clock.advance(Duration.ofMinutes(1));
            }
            assertThat(dataset.snapshots())
                    .containsExactly("cofre-20261121T100300Z", "cofre-20261121T100400Z", "cofre-20261121T100500Z");
        }
    }

    @Test
    void whatOneShareOfADatasetWantsNoneMayLose() throws Exception {
        String other = "\n[share.e]\nrepository = \"r\"\ndataset = \"tank/d\"\npath = \"/tank/d/a\"\n";
        try (DaemonInProcess daemon = daemon("keep_local = { last = 1 }", other, "keep_local = { daily = 3 }")) {
            for (int i = 0; i < 5; i++) {
                daemon.run("snapshot", "d");
                clock.advance(Duration.ofHours(12));
            }
            assertThat(dataset.snapshots())
                    .as("the last of each of three days")
                    .containsExactly("cofre-20261121T220100Z", "cofre-20261122T220100Z", "cofre-20261123T100100Z");
            assertThat(links()).as("of both shares").hasSize(3);
            assertThat(dir.resolve("previous/e")).isDirectory();
        }
    }

    @Test
    void aSnapshotIsTakenWhileABackupTakesItsTime() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (DaemonInProcess daemon = daemon("local_schedule = \"every 15 min\"")) {
            Await.until(
                    "tasks are seen",
                    PATIENCE,
                    () -> daemon.run("--json", "status")
                            .out()
                            .contains(
                                    "\"task\":\"local:d\",\"schedule\":\"every 15 min\",\"next\":\"2026-11-21T10:15:00Z\""));
            zfs.beforeNext(a -> a.get(0).equals("bookmark"), () -> {
                sending.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            DaemonInProcess.Running backup = daemon.begin("backup", "d");
            sending.await();
            goOn.countDown();
            assertThat(backup.answer().get().exit()).isZero();
            clock.advance(Duration.ofMinutes(15));
            Await.until("a snapshot", PATIENCE, () -> dataset.snapshots().size() == 2);
            assertThat(dataset.snapshots()).containsExactly("cofre-20261121T100100Z", "cofre-20261121T101600Z");
            Await.until(
                    "its end",
                    PATIENCE,
                    () -> daemon.run("--json", "status").out().contains("\"next\":\"2026-11-21T10:30:00Z\""));
        }
    }
}
