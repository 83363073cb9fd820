package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.control.Exit;
import cofre.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code cofre forget} from the command line to the files of a repository. */
@Timeout(60)
class ForgetCommandTest {
    @TempDir
    private Path dir;

    private final SettableClock clock = new SettableClock("2026-11-01T10:00:00Z");
    private LocalSetup setup;

    @BeforeEach
    void write() throws Exception {
        setup = new LocalSetup(dir).writeFiles();
    }

    private DaemonInProcess daemon(String keep) throws Exception {
        return new DaemonInProcess(dir, clock, null, config(keep));
    }

    private String[] config(String keep) {
        return new String[] {
            setup.repositoryTable(setup.repository().toString()),
            setup.shareTable("s", setup.live(), keep),
            setup.shareTable("t", setup.live().resolve("sub"))
        };
    }

    private void backUpDaily(DaemonInProcess daemon, int days) throws Exception {
        for (int day = 0; day < days; day++) {
            Files.writeString(setup.live().resolve("a.txt"), "day " + day);
            assertThat(daemon.run("backup", "--all").exit()).isZero();
            clock.advance(Duration.ofDays(1));
        }
    }

    @Test
    void tellsOfEveryPointWhyItStaysOrGoesAndRemovesRecordsOnly() throws Exception {
        try (DaemonInProcess daemon = daemon("keep = { last = 1, daily = 2 }")) {
            assertThat(daemon.run("init").exit()).isZero();
            backUpDaily(daemon, 4);
            List<Path> data = setup.stored("data");
            List<Path> index = setup.stored("index");
            Answer plan = daemon.run("forget", "--dry-run", "s");
            assertThat(plan.exit()).as(plan.err()).isZero();
            assertThat(plan.out())
                    .contains("last snapshot, daily snapshot")
                    .contains("daily snapshot: 2 newer are kept")
                    .contains("2 restore points would stay, 2 would be forgotten. Nothing was removed.");
            assertThat(setup.stored("snapshots")).hasSize(8);

            Answer done = daemon.run("--json", "forget", "--all");
            assertThat(done.exit()).as(done.err()).isZero();
            assertThat(done.out())
                    .contains("\"reasons\":[\"last snapshot\",\"daily snapshot\"]")
                    .contains("\"kept\":2,\"dropped\":2,\"removed\":2");
            assertThat(setup.stored("snapshots")).as("2 of s, 4 of t").hasSize(6);
            assertThat(setup.stored("data")).isEqualTo(data);
            assertThat(setup.stored("index")).isEqualTo(index);
            assertThat(setup.stored("locks")).isEmpty();
            assertThat(daemon.run("check").exit()).isZero();
            assertThat(daemon.run("forget", "s").out()).contains("2 restore points stay, 0 were forgotten");
        }
    }

    @Test
    void worksOnNoShareWithoutAPolicy() throws Exception {
        try (DaemonInProcess daemon = daemon("")) {
            daemon.run("init");
            backUpDaily(daemon, 1);
            assertThat(daemon.run("forget", "s").err()).contains("no policy vs one; nothing was removed; set keep");
            assertThat(daemon.run("forget", "--all").err()).contains("no share has a policy vs at least one");
            assertThat(daemon.run("forget").exit()).isEqualTo(Exit.USAGE);
            assertThat(setup.stored("snapshots")).hasSize(2);
        }
    }

    @Test
    void refusesToRemoveAllAndSaysSo() throws Exception {
        try (DaemonInProcess daemon = daemon("keep = { tags = [\"none\"] }")) {
            daemon.run("init");
            backUpDaily(daemon, 2);
            Answer plan = daemon.run("forget", "--dry-run", "s");
            assertThat(plan.exit()).isEqualTo(Exit.FAILED);
            assertThat(plan.err()).contains("all 2 would go vs at least 1 to stay; nothing was removed");
            Answer done = daemon.run("forget", "s");
            assertThat(done.exit()).isEqualTo(Exit.FAILED);
            assertThat(done.out()).as("each point all the same").contains("has tags [none]: other tags");
            assertThat(setup.stored("snapshots")).hasSize(4);
        }
    }

    @Test
    void pointsOfTheFutureStayAndCountForNothing() throws Exception {
        try (DaemonInProcess daemon = daemon("keep = { last = 1 }")) {
            daemon.run("init");
            backUpDaily(daemon, 2);
            clock.advance(Duration.ofDays(365));
            backUpDaily(daemon, 1);
            clock.advance(Duration.ofDays(-366));
            Answer done = daemon.run("forget", "s");
            assertThat(done.exit()).as(done.err()).isZero();
            assertThat(done.out()).contains("time in the future").contains("2 restore points stay, 1 were forgotten");
        }
    }
}
