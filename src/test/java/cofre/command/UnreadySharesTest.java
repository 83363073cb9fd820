package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.control.Exit;
import cofre.process.ProgramResult;
import cofre.process.ProgramResult.Ending;
import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedZfs;
import cofre.zfs.Datasets;
import cofre.zfs.NeededViews;
import cofre.zfs.OwnSnapshots;
import cofre.zfs.ZfsChanges;
import cofre.zfs.ZfsSource;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Z8, Z9: a share whose dataset is in no state to be backed up says why, and stops no other. */
@Timeout(60)
class UnreadySharesTest {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    @TempDir
    private Path dir;

    private final SettableClock clock = new SettableClock("2026-11-21T10:15:00Z");
    private final SimulatedZfs zfs = new SimulatedZfs(clock);
    private LocalSetup setup;

    @BeforeEach
    void fillTheDatasets() throws Exception {
        setup = new LocalSetup(dir).writeFiles();
        zfs.create("tank/bad").tree().file("x", "one");
        zfs.create("tank/good").tree().file("y", "two");
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

    private DaemonInProcess daemon() throws Exception {
        DaemonInProcess daemon = new DaemonInProcess(
                dir, this::sources, setup.repositoryTable(setup.repository().toString()), share("bad"), share("good"));
        daemon.run("init");
        return daemon;
    }

    private static String share(String name) {
        return "[share." + name + "]\nrepository = \"r\"\ndataset = \"tank/" + name + "\"\npath = \"/tank/" + name
                + "\"\nprevious_versions = false\n";
    }

    /** One share has a point, the other a reason; nothing is left of the other. */
    private void assertOnlyTheOtherIsMade(Answer both, String... reasons) {
        assertThat(both.exit()).as(both.err()).isEqualTo(Exit.FAILED);
        assertThat(both.err()).contains("no restore point of 1 of 2 shares").contains("share bad: cannot ");
        assertThat(both.err()).contains(reasons);
        assertThat(both.out()).contains("good");
        assertThat(zfs.dataset("tank/good").snapshots()).hasSize(1);
        assertThat(zfs.dataset("tank/bad").snapshots()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mounted, no, it is not mounted, zfs mount tank/bad",
        "mountpoint, legacy, mountpoint is legacy, zfs set mountpoint=/tank/bad",
        "mountpoint, none, mountpoint is none, zfs set mountpoint=/tank/bad",
        "keystatus, unavailable, key is not loaded, zfs load-key tank/bad",
    })
    void z8AShareThatCannotBeReadSaysWhyAndStopsNoOther(String property, String value, String actual, String remedy)
            throws Exception {
        try (DaemonInProcess daemon = daemon()) {
            String was = zfs.dataset("tank/bad").property(property);
            zfs.dataset("tank/bad").set(property, value);
            assertOnlyTheOtherIsMade(daemon.run("backup", "--all"), actual, remedy);

            zfs.dataset("tank/bad").set(property, was);
            clock.advance(Duration.ofMinutes(1));
            assertThat(daemon.run("backup", "bad").exit()).isZero();
        }
    }

    /** Both datasets together, and then the one alone. */
    private void refuse(String verb, ProgramResult answer) {
        for (int i = 0; i < 2; i++) {
            zfs.answerOnce(
                    call -> call.get(0).equals(verb)
                            && call.stream().anyMatch(word -> word.startsWith("tank/bad@"))
                            && (verb.equals("snapshot")
                                    || zfs.dataset("tank/bad").snapshots().size() == 1),
                    answer);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cannot create snapshots : pool is read-only, import the pool for writing",
        "cannot create snapshots : pool I/O is currently suspended, zpool clear",
    })
    void z8APoolThatCannotBeWrittenSaysWhyAndStopsNoOther(String said, String remedy) throws Exception {
        try (DaemonInProcess daemon = daemon()) {
            refuse("snapshot", SimulatedZfs.failed(said));
            assertOnlyTheOtherIsMade(daemon.run("backup", "--all"), said, remedy);
        }
    }

    @Test
    void z8APoolThatHangsIsGivenUpAfterADeadline() throws Exception {
        try (DaemonInProcess daemon = daemon()) {
            refuse("snapshot", new ProgramResult(Ending.TIMED_OUT, -1, "", false, ""));
            assertOnlyTheOtherIsMade(daemon.run("backup", "--all"), "no end before the deadline", "zpool status -v");
        }
    }

    @ParameterizedTest
    @CsvSource({"snapshot", "hold"})
    void z9AFullDatasetSaysSoAndStopsNoOther(String verb) throws Exception {
        try (DaemonInProcess daemon = daemon()) {
            refuse(verb, SimulatedZfs.failed("cannot " + verb + ": out of space"));
            assertOnlyTheOtherIsMade(daemon.run("backup", "--all"), "out of space", "free space or raise the quota");
            assertThat(daemon.run("status").out()).contains("out of space");
        }
    }
}
