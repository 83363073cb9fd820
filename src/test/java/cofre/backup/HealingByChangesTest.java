package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BadCopy;
import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.Sha256;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.testkit.StoreBytes;
import cofre.testkit.zfs.ModelSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** S6 where runs look only at what changed: what did not change is read again when the repository lost it. */
@Timeout(60)
class HealingByChangesTest {
    @TempDir
    Path dir;

    @Test
    void s6AFileThatDidNotChangeIsReadAgainWhenItsBlobIsBad() throws Exception {
        byte[] content = StoreBytes.random(100_000, 5);
        BlobHandle blob = BlobHandle.data(new BlobId(Sha256.hash(content)));
        try (IncrementalWorld world = new IncrementalWorld(dir.resolve("w"), ModelSettings.USUAL, "/tank/s")) {
            world.dataset.files().mkdir(RawPath.ofDisplay("/d"));
            world.dataset.files().create(RawPath.ofDisplay("/d/precious"), content);
            world.dataset.files().create(RawPath.ofDisplay("/other"), new byte[] {1, 2, 3});
            world.clock.advance(Duration.ofHours(1));
            world.run();
            world.clock.advance(Duration.ofHours(1));
            assertThat(world.run().detection().method()).isEqualTo(Detection.Method.STREAM);
            Repository session = world.repository.session();
            session.loadIndex(Progress.NONE);
            world.bad.add(new BadCopy(
                    blob, Optional.of(session.index().find(blob).orElseThrow().pack())));
            world.clock.advance(Duration.ofHours(1));
            BackupReport healing = world.judge(world.run());
            assertThat(healing.detection().method()).isEqualTo(Detection.Method.WALK);
            assertThat(healing.detection().why()).contains("1 blobs of the repository were found bad");
            assertThat(healing.bytesRead()).isEqualTo(100_000);
            session.loadIndex(Progress.NONE);
            assertThat(session.index().findAll(blob)).hasSize(2);
            world.clock.advance(Duration.ofHours(1));
            assertThat(world.run().detection().method())
                    .as("and then as before")
                    .isEqualTo(Detection.Method.STREAM);
        }
    }
}
