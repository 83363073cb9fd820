package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.testkit.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What administrators do with restic to our repository is no reason for alarm. */
@Tag("interop")
@Timeout(180)
class RecognitionInteropTest {
    @TempDir
    private Path temp;

    @Test
    void forgettingTaggingAndPruningByResticDoNotCryWolf() throws Exception {
        Path live = Files.createDirectory(temp.resolve("live"));
        Path store = temp.resolve("repo");
        Path password = DaemonInProcess.secret(temp.resolve("password"), Engines.PASSWORD);
        Restic restic = new Restic("restic-0.18", store, temp);
        try (DaemonInProcess daemon = new DaemonInProcess(
                temp,
                "[repository.r]\nurl = \"" + store + "\"\npassword_file = \"" + password + "\"",
                "[share.s]\nrepository = \"r\"\ndirectory = \"" + live + "\"")) {
            daemon.run("init");
            for (int i = 0; i < 3; i++) {
                Files.writeString(live.resolve("file"), "state " + i);
                assertThat(daemon.run("backup", "s").exit()).isZero();
            }
            restic.succeed("tag", "--add", "kept", "latest");
            assertThat(daemon.run("backup", "s").err()).doesNotContain("are gone");
            restic.succeed("forget", "--keep-last", "1", "--group-by", "host,paths", "--prune");
            Answer after = daemon.run("backup", "s");
            assertThat(after.exit()).as(after.err()).isZero();
            assertThat(after.err()).contains("as after a forget");
            assertThat(daemon.run("check", "--read-data").exit()).isZero();
        }
    }
}
