package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.control.Exit;
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
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shares of datasets through the whole daemon: what is held, what is thinned, and who fails alone. */
@Timeout(60)
class DatasetSharesTest {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    @TempDir
    private Path dir;

    private final SettableClock clock = new SettableClock("2026-11-21T10:15:00Z");
    private final SimulatedZfs zfs = new SimulatedZfs(clock);
    private final SimulatedDataset dataset = zfs.create("tank/d");
    private LocalSetup setup;

    @BeforeEach
    void fillTheDataset() throws Exception {
        setup = new LocalSetup(dir).writeFiles();
        dataset.tree().dir("a").file("x", "one");
        dataset.tree().dir("b").file("y", "two");
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

    private DaemonInProcess daemon(String... shares) throws Exception {
        String[] config = new String[shares.length + 1];
        config[0] = setup.repositoryTable(setup.repository().toString());
        System.arraycopy(shares, 0, config, 1, shares.length);
        DaemonInProcess daemon = new DaemonInProcess(dir, this::sources, config);
        daemon.run("init");
        return daemon;
    }

    private static String share(String name, String dataset, String path, int points) {
        return "[share." + name + "]\nrepository = \"r\"\ndataset = \"" + dataset + "\"\npath = \"" + path
                + "\"\nprevious_versions = false\nlocal_points = " + points + "\n";
    }

    private void assertOk(Answer answer) {
        assertThat(answer.exit()).as(answer.err()).isZero();
        clock.advance(Duration.ofMinutes(1));
    }

    private List<String> held() {
        return dataset.snapshots().stream()
                .filter(name -> dataset.holds(name).contains("cofre:run"))
                .toList();
    }

    @Test
    void sharesOfOneDatasetNeverLetGoOfEachOthersView() throws Exception {
        try (DaemonInProcess daemon =
                daemon(share("a", "tank/d", "/tank/d/a", 1), share("b", "tank/d", "/tank/d/b", 1))) {
            assertOk(daemon.run("backup", "a"));
            assertOk(daemon.run("backup", "b"));
            assertThat(held()).containsExactly("cofre-20261121T101500Z", "cofre-20261121T101600Z");
            assertOk(daemon.run("backup", "a"));
            assertThat(held()).containsExactly("cofre-20261121T101600Z", "cofre-20261121T101700Z");
            assertThat(dataset.snapshots())
                    .as("thinned to one, but never the held")
                    .containsExactly("cofre-20261121T101600Z", "cofre-20261121T101700Z");

            zfs.snapshot(
                    "tank/d",
                    "cofre-20261121T101800Z",
                    java.util.Map.of("cofre:run", "killed", "cofre:point", "20261121T101800Z"));
            dataset.holds("cofre-20261121T101800Z").add("cofre:run");
            daemon.restart();
            assertThat(held())
                    .as("what a killed run left is let go of")
                    .containsExactly("cofre-20261121T101600Z", "cofre-20261121T101700Z");
        }
    }

    @Test
    void oneViewMayBeHeldForSeveralSharesOfOneRun() throws Exception {
        String lost = "[repository.lost]\nurl = \"" + dir.resolve("nowhere") + "\"\npassword_file = \""
                + setup.passwordFile() + "\"\n";
        String b = share("b", "tank/d", "/tank/d/b", 5).replace("\"r\"", "\"lost\"");
        try (DaemonInProcess daemon = daemon(lost, share("a", "tank/d", "/tank/d/a", 5), b)) {
            daemon.run("init", "--repository", "r");
            Answer both = daemon.run("backup", "--all");
            assertThat(both.exit()).isEqualTo(Exit.NO_REPOSITORY);
            assertThat(both.err()).contains("no restore point of 1 of 2 shares; the first: share b: cannot open");
            assertThat(both.out()).as("the other is protected").contains("a");
            assertThat(held()).containsExactly("cofre-20261121T101500Z");
            clock.advance(Duration.ofMinutes(1));
            assertThat(daemon.run("backup", "b").exit()).isEqualTo(Exit.NO_REPOSITORY);
            assertThat(held()).as("only that with a point").containsExactly("cofre-20261121T101500Z");
            assertThat(daemon.run("status").out())
                    .contains("no restore point yet")
                    .contains("share b: cannot open");
        }
    }

    @Test
    void aShareThatCannotBeFrozenStopsNoOther() throws Exception {
        try (DaemonInProcess daemon =
                daemon(share("none", "tank/none", "/tank/none", 5), share("a", "tank/d", "/tank/d/a", 5))) {
            Answer both = daemon.run("backup", "--all");
            assertThat(both.exit()).isEqualTo(Exit.FAILED);
            assertThat(both.err()).contains("share none: cannot ");
            assertThat(daemon.run("points").out().lines())
                    .as("a heading and one point")
                    .hasSize(2);
            assertThat(held()).hasSize(1);
        }
    }

    @Test
    void cancellingWhileFreezingMakesNoPointAndHoldsNothing() throws Exception {
        CountDownLatch freezing = new CountDownLatch(1);
        zfs.beforeNext(a -> a.get(0).equals("snapshot"), () -> {
            freezing.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (DaemonInProcess daemon = daemon(share("a", "tank/d", "/tank/d/a", 5))) {
            DaemonInProcess.Running backup = daemon.begin("backup", "a");
            freezing.await();
            backup.pressCtrlC();
            assertThat(backup.answer().get().exit()).isEqualTo(Exit.INTERRUPTED);
            assertThat(held()).isEmpty();
            assertThat(setup.stored("snapshots")).isEmpty();
            assertThat(setup.stored("locks")).isEmpty();
            clock.advance(Duration.ofMinutes(1));
            assertOk(daemon.run("backup", "a"));
        }
    }

    @Test
    void aPointThatCannotBeRememberedIsMadeAllTheSame() throws Exception {
        try (DaemonInProcess daemon = daemon(share("a", "tank/d", "/tank/d/a", 5))) {
            assertOk(daemon.run("backup", "a"));
            Path shares = dir.resolve("state/shares");
            Files.move(shares, dir.resolve("aside"));
            Files.writeString(shares, "in the way");
            Answer second = daemon.run("backup", "a");
            assertOk(second);
            assertThat(second.err()).contains("cannot remember restore point").contains("can be restored");
            assertThat(daemon.run("points").out().lines()).hasSize(3);
            Files.delete(shares);
            Files.move(dir.resolve("aside"), shares);
            daemon.restart();
            assertThat(held()).as("the one remembered").containsExactly("cofre-20261121T101500Z");
        }
    }
}
