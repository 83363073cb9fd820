package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.KeyId;
import cofre.repository.KeyChanges;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.seal.Secret;
import cofre.storage.local.LocalBackend;
import cofre.testkit.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are the same for both programs. */
@Tag("interop")
@Timeout(300)
class KeyInteropTest {
    private final Clock clock = Clock.systemUTC();

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"0.14", "0.18"})
    void eachListsOpensAndRemovesWhatTheOtherAdded(String version) throws Exception {
        Path store = temp.resolve("repository");
        Restic restic = new Restic("restic-" + version, store, temp);
        Path theirs = Files.writeString(temp.resolve("theirs"), "password of restic\n");
        Path ours = Files.writeString(temp.resolve("ours"), "password of ours\n");
        try (Repository repository =
                new Repositories(Engines.engine(clock)).init(new LocalBackend(store, clock), Engines.password())) {
            KeyChanges keys = new KeyChanges(repository);
            KeyId added = keys.add(Secret.ofFileContent(Files.readAllBytes(ours)));
            assertThat(restic.succeed("key", "list"))
                    .contains("*" + repository.keyId(), added.toString())
                    .contains("tester");
            assertThat(restic.succeed("--password-file", ours.toString(), "key", "list"))
                    .contains("*" + added);
            restic.succeed("key", "add", "--new-password-file", theirs.toString());
            assertThat(keys.list()).hasSize(3).allMatch(key -> key.flaw().isEmpty());
            restic.succeed("--password-file", theirs.toString(), "snapshots");
            KeyChanges.Replaced replaced = keys.replace(Secret.ofChars("changed".toCharArray()));
            assertThat(restic.run("snapshots").status()).isNotZero(); // with the password of before
            restic.succeed("--password-file", theirs.toString(), "key", "remove", added.hex());
            assertThat(keys.list()).hasSize(2).anyMatch(key -> key.id().equals(replaced.key()));
            Files.writeString(ours, "changed");
            restic.succeed("--password-file", ours.toString(), "check");
        }
    }
}
