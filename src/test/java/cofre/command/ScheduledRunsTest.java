package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.testkit.Await;
import cofre.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole daemon, left to itself. */
@Timeout(60)
class ScheduledRunsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path dir;

    // Behind the real one, by which restore points are dated: schedules by the hour are the same in most zones.
    private final SettableClock clock = new SettableClock("2026-11-21T10:10:00Z");
    private LocalSetup setup;

    @BeforeEach
    void write() throws Exception {
        setup = new LocalSetup(dir).writeFiles();
    }

    private DaemonInProcess daemon(String schedule) throws Exception {
        return new DaemonInProcess(
                dir,
                clock,
                null,
                setup.repositoryTable(setup.repository().toString(), "check_schedule = \"every 30 min\""),
                setup.shareTable("s", setup.live(), schedule),
                setup.shareTable("t", setup.live().resolve("sub"), schedule));
    }

    private static String status(DaemonInProcess daemon) {
        return daemon.run("--json", "status").out();
    }

    @Test
    void sharesThatAreDueTogetherAreOneRunAndChecksRunByThemselves() throws Exception {
        try (DaemonInProcess daemon = daemon("schedule = \"every 30 min\"")) {
            assertThat(daemon.run("init").exit()).isZero();
            Await.until("tasks are seen", PATIENCE, () -> status(daemon).contains("\"next\":\"2026-11-21T10:30:00Z\""));
            assertThat(setup.stored("snapshots")).as("nothing is due yet").isEmpty();
            clock.advance(Duration.ofMinutes(20));
            Await.until(
                    "both runs",
                    PATIENCE,
                    () -> status(daemon).contains("\"kind\":\"check\",\"title\":\"r\",\"state\":\"done\"")
                            && status(daemon).contains("\"kind\":\"backup\",\"title\":\"s t\",\"state\":\"done\""));
            assertThat(setup.stored("snapshots")).hasSize(2);
            assertThat(daemon.run("status").out())
                    .contains("DONE BY ITSELF")
                    .contains("share:s")
                    .contains("check:r")
                    .contains("every 30 min");
        }
    }

    @Test
    void whatWasPausedOrMissedIsDoneOnceAfterwards() throws Exception {
        try (DaemonInProcess daemon = daemon("schedule = \"every 30 min\"")) {
            assertThat(daemon.run("init").exit()).isZero();
            Await.until("tasks are seen", PATIENCE, () -> status(daemon).contains("\"next\":\"2026"));
            assertThat(daemon.run("pause").out()).contains("cofre resume");
            assertThat(daemon.run("resume", "s").err()).contains("everything is paused vs this share");
            clock.advance(Duration.ofDays(3));
            daemon.restart();
            Await.until("tasks are seen", PATIENCE, () -> status(daemon).contains("\"next\":\"2026"));
            assertThat(daemon.run("status").out()).contains("paused");
            assertThat(setup.stored("snapshots")).isEmpty();
            assertThat(daemon.run("pause", "t").exit()).isZero();
            assertThat(daemon.run("pause", "no").err()).contains("no such share");
            assertThat(daemon.run("resume").out()).contains("done now, once");
            Await.until("a run", PATIENCE, () -> status(daemon).contains("\"title\":\"s t\",\"state\":\"done\""));
            Await.until("the next", PATIENCE, () -> status(daemon).contains("\"next\":\"2026-11-24T10:30:00Z\""));
            assertThat(setup.stored("snapshots")).hasSize(2);
        }
    }

    @Test
    void withoutAScheduleNothingHappensByItself() throws Exception {
        try (DaemonInProcess daemon = daemon("")) {
            assertThat(daemon.run("pause", "s").err()).contains("cannot pause share s: no schedule vs one");
            assertThat(status(daemon)).contains("\"task\":\"check:r\"").doesNotContain("\"task\":\"share:s\"");
        }
    }

    @Test
    void whatAScheduleDoesCanBeDoneNowAndIsListed() throws Exception {
        try (DaemonInProcess daemon = daemon("")) {
            assertThat(daemon.run("init").exit()).isZero();
            assertThat(daemon.run("run", "share:s").exit()).isZero();
            assertThat(setup.stored("snapshots")).hasSize(1);
            assertThat(daemon.run("run", "check:r").exit()).isZero();
            assertThat(daemon.run("run", "share:none").err()).contains("cannot run task \"share:none\"");
            assertThat(daemon.run("run", "forget:r").err())
                    .as("no share has a policy")
                    .contains("nothing for it to do");
            String jobs = daemon.run("jobs").out();
            assertThat(jobs).contains("ENDED").contains("backup").contains("check");
            assertThat(daemon.run("cancel", "1").err()).contains("it does not run or wait vs one that does");
        }
    }
}
