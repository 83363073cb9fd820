package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.control.Exit;
import cofre.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code cofre prune} from the command line to the files of a repository. */
@Timeout(60)
class PruneCommandTest {
    private static final int LENGTH = 300_000;

    @TempDir
    private Path dir;

    private final SettableClock clock = new SettableClock("2026-11-01T10:00:00Z");
    private final Random random = new Random(7);
    private LocalSetup setup;

    @BeforeEach
    void write() throws Exception {
        setup = new LocalSetup(dir).writeFiles();
    }

    private DaemonInProcess daemon(String... more) throws Exception {
        return new DaemonInProcess(
                dir,
                clock,
                null,
                setup.repositoryTable(setup.repository().toString(), more),
                setup.shareTable("s", setup.live(), "keep = { last = 1 }"));
    }

    private void file(String name) throws Exception {
        byte[] content = new byte[LENGTH];
        random.nextBytes(content);
        Files.write(setup.live().resolve(name), content);
    }

    /** Two points, the first forgotten for good, so that one pack is needed in part. */
    private void makeWaste(DaemonInProcess daemon) throws Exception {
        assertThat(daemon.run("init").exit()).isZero();
        file("stays");
        file("goes");
        assertThat(daemon.run("backup", "s").exit()).isZero();
        Files.delete(setup.live().resolve("goes"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(daemon.run("backup", "s").exit()).isZero();
        clock.advance(Duration.ofMinutes(1));
        assertThat(daemon.run("forget", "s").out()).contains("1 restore points stay, 1 were forgotten");
    }

    private long packBytes() throws Exception {
        long sum = 0;
        for (Path pack : setup.stored("data")) {
            sum += Files.size(pack);
        }
        return sum;
    }

    private static Answer good(Answer answer) {
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer;
    }

    @Test
    void roomComesBackAndEveryAnswerSaysWhen() throws Exception {
        try (DaemonInProcess daemon = daemon("trash = \"0 s\"", "prune_grace = \"2 d\"")) {
            makeWaste(daemon);
            List<Path> before = setup.stored("");
            assertThat(good(daemon.run("prune", "--dry-run", "r")).out())
                    .contains("r: ", "Would be copied: ", "Would be dropped from the index: ")
                    .containsPattern("; they are deleted by prunes after 2026-11-03 .*, not by the next one\\.")
                    .contains("No pack waits to be deleted.", "Nothing was changed.");
            assertThat(setup.stored("")).isEqualTo(before);
            assertThat(daemon.run("--json", "prune", "--dry-run").out())
                    .contains("\"dry_run\":true", "\"dropped_until\":\"2026-11-03T", "\"obstacles\":[]");

            assertThat(good(daemon.run("prune", "r")).out())
                    .containsPattern(
                            "[0-9]+ packs \\(.*\\) wait and are deleted by prunes after 2026-11-03 .*, not by the"
                                    + " next one\\.");
            assertThat(packBytes()).as("copies beside what waits").isGreaterThan(3 * LENGTH);
            daemon.restart(); // what waits is remembered
            clock.advance(Duration.ofDays(1));
            assertThat(good(daemon.run("prune")).out())
                    .containsPattern(" wait and are deleted by prunes after 2026-11-03 [0-9:]+\\.\n");
            clock.advance(Duration.ofDays(1));
            assertThat(good(daemon.run("--json", "prune")).out())
                    .contains("\"waiting_packs\":0", "\"unfinished\":\"\"");
            assertThat(packBytes()).isLessThan((long) (LENGTH * 1.05) + 10_000);
            assertThat(setup.stored("locks")).isEmpty();
            good(daemon.run("check", "--read-data"));
            good(daemon.run(
                    "restore",
                    "latest",
                    "--verify",
                    "--target",
                    dir.resolve("back").toString()));
            assertThat(Files.mismatch(
                            setup.live().resolve("stays"), dir.resolve("back").resolve("stays")))
                    .isEqualTo(-1);
        }
    }

    @Test
    void whatMayComeBackFromTheTrashIsSpared() throws Exception {
        try (DaemonInProcess daemon = daemon("prune_grace = \"0 s\"")) {
            makeWaste(daemon);
            good(daemon.run("prune"));
            good(daemon.run("prune"));
            assertThat(packBytes()).isGreaterThan(2 * LENGTH);
            String forgotten = daemon.run("points", "--forgotten").out();
            String point = forgotten.lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];
            good(daemon.run("undelete", point));
            good(daemon.run("check", "--read-data"));
        }
    }

    @Test
    void howMuchMayStayUnusedIsConfiguredOrSaid() throws Exception {
        try (DaemonInProcess daemon =
                daemon("trash = \"0 s\"", "prune_grace = \"0 s\"", "prune_max_unused = \"unlimited\"")) {
            makeWaste(daemon);
            assertThat(good(daemon.run("prune", "--dry-run")).out()).contains("Would be copied: 0 B.");
            assertThat(good(daemon.run("prune", "--dry-run", "--max-unused=1MiB"))
                            .out())
                    .contains("Would be copied: 0 B.");
            assertThat(good(daemon.run("prune", "--dry-run", "--max-unused=50%"))
                            .out())
                    .doesNotContain("Would be copied: 0 B.");
            Answer wrong = daemon.run("prune", "--max-unused=lots");
            assertThat(wrong.exit()).isEqualTo(Exit.USAGE);
            assertThat(wrong.err()).contains("that vs a share such as \"5%\"");
            assertThat(daemon.run("prune", "other").err()).contains("no such repository vs r");
        }
    }

    @Test
    void anUnrecognisedRepositoryIsNotPruned() throws Exception {
        try (DaemonInProcess daemon = daemon("trash = \"0 s\"")) {
            makeWaste(daemon);
            List<Path> older = new ArrayList<>(setup.stored("snapshots"));
            file("new");
            good(daemon.run("backup", "s"));
            clock.advance(Duration.ofMinutes(1));
            for (Path record : setup.stored("snapshots")) {
                if (!older.contains(record)) {
                    Files.delete(record);
                }
            }
            List<Path> before = setup.stored("");
            assertThat(daemon.run("prune").exit()).isEqualTo(Exit.UNRECOGNISED);
            assertThat(setup.stored("")).isEqualTo(before);
        }
    }

    @Test
    void itIsDoneByScheduleAndStatusShowsWhen() throws Exception {
        try (DaemonInProcess daemon = daemon("prune_schedule = \"weekly sun 05:00\"")) {
            assertThat(daemon.run("status").out()).containsPattern("prune:r +weekly sun 05:00 +2026-11-08 05:00");
        }
    }
}
