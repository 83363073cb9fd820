package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.control.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A repository that is not what this host knows is noticed before anything is written to it. */
@Timeout(120)
class RecognisedRepositoryTest {
    @TempDir
    private Path dir;

    private LocalSetup setup;

    @BeforeEach
    void write() throws Exception {
        setup = new LocalSetup(dir).writeFiles();
    }

    private void backUp(DaemonInProcess daemon) throws IOException {
        Files.writeString(setup.live().resolve("a.txt"), "more\n", java.nio.file.StandardOpenOption.APPEND);
        Answer answer = daemon.run("backup", "s");
        assertThat(answer.exit()).as(answer.err()).isZero();
    }

    private static List<Path> files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile)
                    .map(below::relativize)
                    .sorted()
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private void assertRefused(DaemonInProcess daemon, String why) throws IOException {
        List<Path> before = files(setup.repository());
        Answer refused = daemon.run("backup", "s");
        assertThat(refused.exit()).isEqualTo(Exit.UNRECOGNISED);
        assertThat(refused.err()).contains(why, "nothing was written", "cofre accept r");
        assertThat(files(setup.repository())).isEqualTo(before);
        assertThat(daemon.run("status").out()).contains("not backed up: repository r: ", why);
        assertThat(daemon.run("--json", "status").out()).contains("\"recognised\":false");
    }

    private static void accept(DaemonInProcess daemon, String what) {
        Answer accepted = daemon.run("accept", "r");
        assertThat(accepted.exit()).as(accepted.err()).isZero();
        assertThat(accepted.out()).contains(what);
    }

    @Test
    void s7ARepositorySetBackIsNotWrittenToWithoutAWord() throws Exception {
        Path older = dir.resolve("older");
        Path newer = dir.resolve("newer");
        try (DaemonInProcess daemon = setup.daemon()) {
            daemon.run("init");
            backUp(daemon);
            copy(setup.repository(), older);
            backUp(daemon);
            copy(setup.repository(), newer);
            delete(setup.repository());
            copy(older, setup.repository());
            assertRefused(daemon, "among them the newest of share s");
            assertThat(daemon.run(
                                    "restore",
                                    "latest",
                                    "--target",
                                    dir.resolve("back").toString())
                            .exit())
                    .as("what is there can be restored")
                    .isZero();
            daemon.restart();
            assertRefused(daemon, "among them the newest of share s");
            delete(setup.repository());
            copy(newer, setup.repository());
            backUp(daemon); // put right, no word is needed
            assertThat(daemon.run("status").out()).doesNotContain("not backed up");
            delete(setup.repository());
            copy(older, setup.repository());
            assertRefused(daemon, "2 of 3 restore points");
            accept(daemon, "2 of 3 restore points");
            backUp(daemon);
            accept(daemon, "nothing spoke against it");
            assertThat(daemon.run("check", "--read-data").exit()).isZero();
        }
    }

    @Test
    void s7AForgetElsewhereIsToldAndNoMore() throws Exception {
        try (DaemonInProcess daemon = setup.daemon()) {
            daemon.run("init");
            backUp(daemon);
            Path first = setup.onlyOne("snapshots");
            backUp(daemon);
            Files.delete(first);
            Answer answer = daemon.run("backup", "s");
            assertThat(answer.exit()).as(answer.err()).isZero();
            assertThat(answer.err()).contains("1 of 2 restore points this host made are gone", "as after a forget");
            assertThat(daemon.run("backup", "s").err()).as("told once").doesNotContain("as after a forget");
        }
    }

    @Test
    void s7TheNewestPointDeletedIsAnAlarm() throws Exception {
        try (DaemonInProcess daemon = setup.daemon()) {
            daemon.run("init");
            backUp(daemon);
            List<Path> before = setup.stored("snapshots");
            backUp(daemon);
            List<Path> newest = new ArrayList<>(setup.stored("snapshots"));
            newest.removeAll(before);
            Files.delete(newest.get(0));
            assertRefused(daemon, "1 of 2 restore points");
        }
    }

    @Test
    void s8AnotherRepositoryAtThePlaceIsNotWrittenToWithoutAWord() throws Exception {
        Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
        try (DaemonInProcess daemon = setup.daemon();
                DaemonInProcess other = new DaemonInProcess(
                        elsewhere, setup.repositoryTable(setup.repository().toString()))) {
            daemon.run("init");
            backUp(daemon);
            delete(setup.repository());
            assertThat(other.run("init").exit()).isZero(); // with the same password
            assertRefused(daemon, "it is another repository");
            accept(daemon, "it is another repository");
            backUp(daemon);
            delete(setup.repository());
            assertThat(daemon.run("init").exit()).isZero(); // that is the administrator's word
            backUp(daemon);
        }
    }

    @Test
    void keysMadeHereAreNoNewsAndAMemoryThatIsLostIsMadeAnew() throws Exception {
        Path fresh = DaemonInProcess.secret(dir.resolve("fresh"), "another password");
        try (DaemonInProcess daemon = setup.daemon()) {
            daemon.run("init");
            assertThat(daemon.run("key", "add", "--new-password-file", fresh.toString())
                            .exit())
                    .isZero();
            assertThat(daemon.run("backup", "s").err()).doesNotContain("was not there before");
            Path memory = dir.resolve("state/repositories/r.json");
            Files.writeString(memory, "{");
            Answer answer = daemon.run("backup", "s");
            assertThat(answer.exit()).isZero();
            assertThat(answer.err()).contains("what this host knew of it is lost");
            assertThat(daemon.run("--json", "status").out()).contains("\"recognised\":true", "\"own_points\":1");
        }
    }
}
