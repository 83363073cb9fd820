package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.control.Exit;
import cofre.format.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a repository is told in a sentence with its own status; put right, nothing was lost. */
@Timeout(120)
class BadRepositoryTest {
    private static final String SENTENCE = "cannot [^\n]+: [^\n]* vs [^\n]*; [^\n]*";

    private static final List<UnaryOperator<byte[]>> DAMAGES =
            List.of(bytes -> Arrays.copyOf(bytes, bytes.length / 2), bytes -> new byte[0], bytes -> {
                byte[] flipped = bytes.clone();
                flipped[bytes.length / 2] ^= 4;
                return flipped;
            });

    @TempDir
    private Path dir;

    private LocalSetup setup;
    private DaemonInProcess daemon;

    @BeforeEach
    void makeOnePoint() throws Exception {
        setup = new LocalSetup(dir).writeFiles();
        daemon = setup.daemon();
        assertThat(daemon.run("init").exit()).isZero();
        Answer first = daemon.run("backup", "s");
        assertThat(first.exit()).as(first.err()).isZero();
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private static void assertSentence(Answer answer, int exit) {
        assertThat(answer.exit()).as(answer.err()).isEqualTo(exit);
        assertThat(answer.err())
                .containsPattern(SENTENCE)
                .doesNotContain("Exception", "a fault of cofre itself", LocalSetup.PASSWORD);
    }

    private Answer restored(String point) {
        return daemon.run("restore", point, "--target", dir.resolve("t").toString());
    }

    private void assertSound() throws Exception {
        Answer check = daemon.run("check", "--read-data");
        assertThat(check.exit()).as(check.err() + check.out()).isZero();
        Answer restore = restored("latest:s");
        assertThat(restore.exit()).as(restore.err()).isZero();
        assertThat(dir.resolve("t/sub/b.txt"))
                .hasSameBinaryContentAs(setup.live().resolve("sub/b.txt"));
    }

    /** A new daemon that remembers nothing of the repository's files. */
    private void forget() throws Exception {
        daemon.restart();
        Path cache = dir.resolve("state/cache");
        if (Files.exists(cache)) {
            try (Stream<Path> files = Files.walk(cache)) {
                for (Path each : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    @Test
    void aWrongPasswordIsStatus12EverywhereAndTheRightOneWorksAgain() throws Exception {
        DaemonInProcess.secret(setup.passwordFile(), "wrong\n");
        daemon.restart();
        assertSentence(daemon.run("points"), Exit.WRONG_PASSWORD);
        assertSentence(daemon.run("backup", "s"), Exit.WRONG_PASSWORD);
        assertSentence(daemon.run("check"), Exit.WRONG_PASSWORD);
        assertSentence(daemon.run("key", "export"), Exit.WRONG_PASSWORD);
        assertSentence(restored("latest"), Exit.WRONG_PASSWORD);
        assertThat(setup.stored("locks")).isEmpty();

        DaemonInProcess.secret(setup.passwordFile(), LocalSetup.PASSWORD + "\n");
        assertSound();
    }

    @Test
    void aPasswordFileThatIsGoneOrEmptyIsToldByName() throws Exception {
        Files.delete(setup.passwordFile());
        daemon.restart();
        Answer gone = daemon.run("points");
        assertSentence(gone, Exit.FAILED);
        assertThat(gone.err()).contains(setup.passwordFile().toString());
        DaemonInProcess.secret(setup.passwordFile(), "\n");
        assertSentence(daemon.run("points"), Exit.FAILED);
    }

    @Test
    void aRepositoryThatIsNotThereIsStatus10AndNothingMakesOne() throws Exception {
        Path aside = Files.move(setup.repository(), dir.resolve("aside"));
        assertSentence(daemon.run("points"), Exit.NO_REPOSITORY);
        assertSentence(daemon.run("backup", "s"), Exit.NO_REPOSITORY);
        assertThat(setup.repository()).doesNotExist();
        Files.move(aside, setup.repository());
        assertSound();
    }

    @Test
    void initNeverTouchesOneThatIsThere() throws Exception {
        byte[] config = Files.readAllBytes(setup.repository().resolve("config"));
        assertSentence(daemon.run("init"), Exit.FAILED);
        Files.delete(setup.repository().resolve("config"));
        assertSentence(daemon.run("init"), Exit.FAILED);
        assertThat(setup.stored("keys")).hasSize(1);
        Files.write(setup.repository().resolve("config"), config);
        assertSound();
    }

    @Test
    void namesThatAreNotThereAreTold() {
        assertSentence(daemon.run("backup", "nobody"), Exit.FAILED);
        assertSentence(daemon.run("samba", "nobody"), Exit.FAILED);
        assertSentence(daemon.run("points", "--repository", "none"), Exit.FAILED);
        for (Answer lookedFor : List.of(
                daemon.run("ls", "ffffffff"),
                daemon.run("ls", "latest", "/no/such/path"),
                daemon.run("info", "no-id"),
                restored("latest:nobody"))) {
            assertThat(lookedFor.exit()).isEqualTo(Exit.FAILED);
            assertThat(lookedFor.err())
                    .contains("cannot find ")
                    .containsPattern("; [a-z][^\n]*with: cofre|; look with");
        }
        assertThat(daemon.run("ls", "latest", "\\x00").exit()).isEqualTo(Exit.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "keys"})
    void aDamagedFileThatOpensTheRepositoryIsAnErrorOfItsOwn(String what) throws Exception {
        Path file = what.equals("config") ? setup.repository().resolve("config") : setup.onlyOne("keys");
        byte[] good = Files.readAllBytes(file);
        for (UnaryOperator<byte[]> damage : DAMAGES) {
            LocalSetup.overwrite(file, damage.apply(good));
            daemon.restart();
            assertSentence(daemon.run("points"), Exit.FAILED);
            assertSentence(daemon.run("backup", "s"), Exit.FAILED);
        }
        LocalSetup.overwrite(file, good);
        assertSound();
    }

    @Test
    void aKeyThatAsksForTooMuchIsRefusedBeforeAnythingIsComputed() throws Exception {
        Path key = setup.onlyOne("keys");
        String json = Files.readString(key);
        Files.move(key, dir.resolve("key"));
        for (String n : List.of("1", "3", "1073741824", "9223372036854775807")) {
            String hostile = json.replaceAll("\"N\":\\d+", "\"N\":" + n);
            assertThat(hostile).isNotEqualTo(json);
            byte[] bytes = hostile.getBytes(StandardCharsets.UTF_8);
            Path named = Files.write(key.resolveSibling(Sha256.hash(bytes).hex()), bytes);
            daemon.restart();
            assertSentence(daemon.run("points"), Exit.FAILED);
            Files.delete(named);
        }
        Files.move(dir.resolve("key"), key);
        assertSound();
    }

    @Test
    void aDamagedRestorePointHidesNoOther() throws Exception {
        Set<Path> first = new HashSet<>(setup.stored("snapshots"));
        assertThat(daemon.run("backup", "s").exit()).isZero();
        Path file = first.iterator().next();
        byte[] good = Files.readAllBytes(file);
        for (UnaryOperator<byte[]> damage : DAMAGES) {
            LocalSetup.overwrite(file, damage.apply(good));
            forget();
            Answer points = daemon.run("points");
            assertThat(points.exit()).isZero();
            assertThat(points.err()).contains("cannot read restore point");
            assertThat(points.out().lines()).as("a heading and the other point").hasSize(2);
            assertThat(daemon.run("check").exit()).isEqualTo(Exit.FAILED);
            assertThat(restored("latest:s").exit()).isZero();
        }
        LocalSetup.overwrite(file, good);
        assertSound();
    }

    @Test
    void aDamagedIndexIsToldAndWhatItKnewIsSavedAgain() throws Exception {
        Path file = setup.onlyOne("index");
        byte[] good = Files.readAllBytes(file);
        LocalSetup.overwrite(file, Arrays.copyOf(good, good.length - 7));
        forget();
        assertThat(daemon.run("check").exit()).isEqualTo(Exit.FAILED);
        Answer again = daemon.run("backup", "s");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.err()).contains("run cofre check");
        assertThat(restored("latest").exit()).isZero();
        LocalSetup.overwrite(file, good);
        assertSound();
    }

    @Test
    void aDamagedPackIsFoundByCheckAndRestoreNeverGivesWrongBytes() throws Exception {
        for (Path pack : setup.stored("data")) {
            byte[] good = Files.readAllBytes(pack);
            for (UnaryOperator<byte[]> damage : DAMAGES) {
                LocalSetup.overwrite(pack, damage.apply(good));
                forget();
                assertThat(daemon.run("check", "--read-data").exit()).isEqualTo(Exit.FAILED);
                Answer restore = restored("latest");
                assertThat(restore.err()).doesNotContain("a fault of cofre itself");
                assertNothingWrong(restore);
            }
            LocalSetup.overwrite(pack, good);
        }
        forget();
        assertSound();
    }

    /** Either all of it is right, or it says that it is not; what is there is what was saved. */
    private void assertNothingWrong(Answer restore) {
        boolean all = true;
        for (String name : List.of("a.txt", "sub/b.txt")) {
            Path file = dir.resolve("t").resolve(name);
            all &= Files.exists(file);
            if (Files.exists(file)) {
                assertThat(file).hasSameBinaryContentAs(setup.live().resolve(name));
            }
        }
        assertThat(restore.exit()).as(restore.err()).isIn(Exit.FAILED, Exit.INCOMPLETE, all ? Exit.OK : Exit.FAILED);
    }

    @Test
    void aLockOfSomebodyElseIsStatus11AndThatOfADeadProcessIsNone() throws Exception {
        HostileRepository other = new HostileRepository(setup);
        other.lockExclusively();
        assertSentence(daemon.run("backup", "s"), Exit.LOCKED);
        assertSentence(daemon.run("check"), Exit.LOCKED);
        assertThat(daemon.run("points").exit()).as("looking needs no lock").isZero();
        assertThat(setup.stored("locks")).as("that of the other").hasSize(1);
        other.unlock();
        other.leaveLockOfADeadProcess();
        assertThat(daemon.run("backup", "s").exit()).isZero();
        assertThat(setup.stored("locks")).isEmpty();
        assertSound();
    }

    private static String file(String name) {
        return "{\"nodes\":[{\"name\":\"" + name + "\",\"type\":\"file\",\"mode\":420,"
                + "\"mtime\":\"2026-01-01T00:00:00Z\",\"atime\":\"2026-01-01T00:00:00Z\","
                + "\"ctime\":\"2026-01-01T00:00:00Z\",\"uid\":0,\"gid\":0,\"size\":0,\"content\":[]}]}\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a/b", "/etc/passwd", "nul\\u0000byte"})
    void namesThatLeadElsewhereAreNeverRestored(String name) throws Exception {
        new HostileRepository(setup).addPoint(file(name));
        assertHostile();
    }

    @Test
    void hostileTreesEndInASentence() throws Exception {
        for (String tree : List.of(
                "{\"nodes\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}\n",
                file("x".repeat(1 << 20)),
                "not json at all",
                "{}",
                "{\"nodes\":[{\"name\":\"d\",\"type\":\"dir\"}]}\n")) {
            new HostileRepository(setup).addPoint(tree);
            assertHostile();
        }
    }

    private void assertHostile() throws Exception {
        forget();
        for (Answer answer :
                List.of(daemon.run("ls", "-r", "latest:evil"), restored("latest:evil"), daemon.run("check"))) {
            assertThat(answer.exit()).as(answer.err() + answer.out()).isIn(Exit.FAILED, Exit.INCOMPLETE);
            assertThat(answer.err() + answer.out())
                    .contains("cannot")
                    .doesNotContain("a fault of cofre itself", "Exception", "StackOverflow");
        }
        assertThat(dir.resolve("passwd")).doesNotExist();
        assertThat(restored("latest:s").exit()).as("others are not affected").isZero();
    }

    @Test
    void aRecordThatUnpacksToGigabytesIsRefusedAndHidesNoOther() throws Exception {
        new HostileRepository(setup).addBombAsRecord();
        Answer points = daemon.run("points");
        assertThat(points.exit()).as(points.err()).isZero();
        assertThat(points.err()).contains("cannot read restore point");
        assertThat(restored("latest:s").exit()).isZero();
        assertThat(daemon.run("check").exit()).isEqualTo(Exit.FAILED);
    }
}
