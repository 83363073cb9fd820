package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.control.Exit;
import cofre.testkit.Await;
import cofre.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forgetting by itself, and what can be brought back, from the command line to the files of a repository. */
@Timeout(60)
class UndeleteCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path dir;

    private final SettableClock clock = new SettableClock("2026-11-01T10:00:00Z");
    private LocalSetup setup;

    @BeforeEach
    void write() throws Exception {
        setup = new LocalSetup(dir).writeFiles();
    }

    private DaemonInProcess daemon(String keep, String... care) throws Exception {
        return new DaemonInProcess(
                dir,
                clock,
                null,
                setup.repositoryTable(setup.repository().toString(), care),
                setup.shareTable("s", setup.live(), keep));
    }

    private void backUpDaily(DaemonInProcess daemon, int days) throws Exception {
        for (int day = 0; day < days; day++) {
            Files.writeString(setup.live().resolve("a.txt"), "day " + day);
            assertThat(daemon.run("backup", "--all").exit()).isZero();
            clock.advance(Duration.ofDays(1));
        }
    }

    private Map<String, byte[]> records() throws Exception {
        Map<String, byte[]> records = new HashMap<>();
        for (Path file : setup.stored("snapshots")) {
            records.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
        return records;
    }

    @Test
    void aForgottenPointComesBackAsItWas() throws Exception {
        try (DaemonInProcess daemon = daemon("keep = { last = 2 }")) {
            daemon.run("init");
            backUpDaily(daemon, 4);
            Map<String, byte[]> before = records();
            assertThat(daemon.run("points", "--forgotten").out()).contains("No restore point is in the trash.");
            assertThat(daemon.run("forget", "s").exit()).isZero();
            Map<String, byte[]> after = records();
            assertThat(after).hasSize(2);
            Set<String> gone = new HashSet<>(before.keySet());
            gone.removeAll(after.keySet());

            Answer listed = daemon.run("--json", "points", "--forgotten");
            for (String id : gone) {
                assertThat(listed.out()).contains("\"id\":\"" + id + "\"");
            }
            assertThat(listed.out()).contains("\"forgotten\":\"2026-11-05T10:00:00Z\"");
            assertThat(daemon.run("points", "--forgotten").out()).contains("FORGOTTEN");

            daemon.restart();
            for (String id : gone) {
                Answer back = daemon.run("undelete", id.substring(0, 12));
                assertThat(back.exit()).as(back.err()).isZero();
                assertThat(back.out()).contains("share s, is back");
            }
            assertThat(records()).usingRecursiveComparison().isEqualTo(before);
            assertThat(daemon.run("points", "--forgotten").out()).contains("No restore point is in the trash.");
            assertThat(daemon.run("check", "--read-data").exit()).isZero();
            assertThat(daemon.run("backup", "s").exit()).as("recognised").isZero();
            Answer none = daemon.run("undelete", "abc123");
            assertThat(none.exit()).isEqualTo(Exit.FAILED);
            assertThat(none.err()).contains("cannot find restore point abc123");
        }
    }

    @Test
    void onePrunedElsewhereCannotComeBackAndThatIsSaid() throws Exception {
        try (DaemonInProcess daemon = daemon("keep = { last = 1 }")) {
            daemon.run("init");
            backUpDaily(daemon, 1);
            List<Path> first = setup.stored("index");
            backUpDaily(daemon, 1);
            assertThat(daemon.run("forget", "s").exit()).isZero();
            for (Path index : first) {
                Files.delete(index); // what a prune elsewhere comes to
            }
            Answer back = daemon.run("undelete", "latest");
            assertThat(back.exit()).isEqualTo(Exit.FAILED);
            assertThat(back.err()).contains("cannot bring back restore point").contains("has pruned the repository");
            assertThat(setup.stored("snapshots")).hasSize(1);
        }
    }

    @Test
    void withoutATrashNothingCanComeBackAndTheForgetIsNoAlarm() throws Exception {
        try (DaemonInProcess daemon = daemon("keep = { last = 1 }", "trash = \"0 s\"")) {
            daemon.run("init");
            backUpDaily(daemon, 5);
            assertThat(daemon.run("forget", "s").exit()).isZero();
            assertThat(daemon.run("points", "--forgotten").out()).contains("No restore point is in the trash.");
            Answer backup = daemon.run("backup", "s");
            assertThat(backup.exit()).as(backup.err()).isZero();
            assertThat(backup.err()).doesNotContain("gone");
        }
    }

    @Test
    void forgetsByItselfAndStopsWhereItLooksOdd() throws Exception {
        try (DaemonInProcess daemon =
                daemon("keep = { last = 1 }", "forget_schedule = \"hourly\"", "forget_most = 50")) {
            daemon.run("init");
            backUpDaily(daemon, 3);
            Await.until(
                    "a forget",
                    PATIENCE,
                    () -> jobs(daemon).contains("\"kind\":\"forget\",\"title\":\"s\",\"state\":\"done\""));
            Await.until(
                    "one point",
                    PATIENCE,
                    () -> daemon.run("points").out().lines().count() == 2);
            daemon.run("pause");
            backUpDaily(daemon, 13);
            Answer odd = daemon.run("forget", "s");
            assertThat(odd.exit()).isEqualTo(Exit.FAILED);
            assertThat(odd.err()).contains("would go at once vs at most 50 %").contains("(cofre forget --force)");
            assertThat(setup.stored("snapshots")).hasSizeGreaterThan(10);
            assertThat(daemon.run("forget", "--force", "s").exit()).isZero();
            assertThat(setup.stored("snapshots")).hasSize(1);
            backUpDaily(daemon, 2);
            clock.advance(Duration.ofDays(40));
            assertThat(daemon.run("forget", "s").err())
                    .contains("the newest is")
                    .contains("find out why");
        }
    }

    private static String jobs(DaemonInProcess daemon) {
        return daemon.run("--json", "status").out();
    }
}
