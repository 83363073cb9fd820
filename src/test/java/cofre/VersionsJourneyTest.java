package cofre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a backup to a version a user can look at, through the kernel: the whole daemon, a plain directory, a local repository. */
class VersionsJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path dir;

    private Path share;
    private DaemonInProcess daemon;

    @BeforeEach
    void aDaemon() throws Exception {
        require();
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        share = Files.createDirectory(dir.resolve("share"));
        Files.writeString(share.resolve("plan.txt"), "the first plan");
        Path password = DaemonInProcess.secret(dir.resolve("password"), "correct horse");
        daemon = new DaemonInProcess(
                dir,
                "[repository.r]",
                "url = \"" + dir.resolve("repository") + "\"",
                "password_file = \"" + password + "\"",
                "[share.docs]",
                "directory = \"" + share + "\"",
                "repository = \"r\"",
                "previous_versions = true");
        assertThat(daemon.run("init").exit()).isZero();
        assertThat(daemon.run("backup", "docs").exit()).isZero();
    }

    @AfterEach
    void stop() {
        if (daemon != null) {
            daemon.close();
        }
    }

    /** As the tests of the mount itself: not run without root and FUSE, unless these are required. */
    private static void require() {
        boolean there;
        try {
            Posix.load(System::nanoTime).fuse().open().close();
            there = Posix.load(System::nanoTime).process().uid() == 0;
        } catch (PosixException e) {
            there = false;
        }
        assumeTrue(there || Boolean.getBoolean("cofre.fuse.required"), "cannot mount here");
        assertThat(there).isTrue();
    }

    @Test
    void aPointIsShownReadOnlyAndStaysWhatItWas() throws Exception {
        Path version = awaitVersions(1).get(0);
        Files.writeString(share.resolve("plan.txt"), "the second plan");
        assertThat(Files.readString(version.resolve("plan.txt"))).isEqualTo("the first plan");
        assertThat(Files.getLastModifiedTime(version.resolve("plan.txt")))
                .isLessThanOrEqualTo(Files.getLastModifiedTime(share.resolve("plan.txt")));
        assertThat(version.resolve("plan.txt").toFile().canWrite() && tryToWrite(version))
                .isFalse();
    }

    @Test
    void afterARestartItIsBackAndStaysInTheFarmMeanwhile() throws Exception {
        Path version = awaitVersions(1).get(0);
        daemon.restart();
        assertThat(versions()).as("at once").containsExactly(version);
        Await.until("readable again", SOON, () -> "the first plan".equals(read(version.resolve("plan.txt"))));
    }

    @Test
    void aStopLeavesNothingMounted() throws Exception {
        Path version = awaitVersions(1).get(0);
        daemon.close();
        daemon = null;
        assertThat(Files.exists(version.resolve("plan.txt"))).isFalse();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(dir.toString());
    }

    @Test
    void whatIsSwitchedOffIsGone() throws Exception {
        awaitVersions(1);
        String off = Files.readString(dir.resolve("cofre.toml")).replace("previous_versions = true", "");
        daemon.configure(off.substring(off.indexOf("[repository.r]")));
        daemon.reconfigured();
        Await.until(
                "unmounted",
                SOON,
                () -> !Files.readString(Path.of("/proc/self/mountinfo")).contains(dir.toString()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // not yet
        }
    }

    private static boolean tryToWrite(Path version) {
        try {
            Files.writeString(version.resolve("plan.txt"), "x");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private List<Path> awaitVersions(int count) throws Exception {
        Await.until(count + " versions", SOON, () -> versions().size() == count);
        return versions();
    }

    private List<Path> versions() throws IOException {
        Path farm = dir.resolve("previous/docs");
        if (!Files.isDirectory(farm)) {
            return List.of();
        }
        try (Stream<Path> links = Files.list(farm)) {
            return links.filter(link -> link.getFileName().toString().startsWith("rp-"))
                    .sorted()
                    .toList();
        }
    }
}
